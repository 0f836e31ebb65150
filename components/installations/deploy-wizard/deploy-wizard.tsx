'use client'

import Box from '@mui/material/Box'
import useMediaQuery from '@mui/material/useMediaQuery'
import dynamic from 'next/dynamic'
import { useCallback, useMemo, useState } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { flushSync } from 'react-dom'
import type { Cluster } from '#lib/domain/cluster.ts'
import type { Installation } from '#lib/domain/installation.ts'
import { emptyNumbering } from '#lib/domain/numbering.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import { holdsSecrets } from './draft.ts'
import { DraftNote } from './draft-note.tsx'
import { optionOfField } from './faults.ts'
import { focusField } from './focus.ts'
import { emptyWizard, fromInstallation, type OptionType, type WizardValues } from './form-values.ts'
import { NameAndImageSection, PullSecretSection } from './identity-sections.tsx'
import { itemForms, optionTypes, secretFieldsOf } from './item-forms.tsx'
import { OptionsSection } from './options-section.tsx'
import { ReviewSection } from './review-section.tsx'
import { SectionList, besideForm } from './section-list.tsx'
import { useCheck } from './use-check.ts'
import { useDeploy, type DeployAction } from './use-deploy.ts'
import { useDraft } from './use-draft.ts'
import { useExisting } from './use-existing.ts'
import { useLeaveWarning } from './use-leave-warning.ts'
import { WizardContext } from './wizard-context.ts'

/** Wide enough for the list of sections, the form and the objects side by side. */
const besideObjects = '@media (min-width: 1280px)'

const ObjectsPanel = dynamic(() => import('./objects-panel.tsx').then((part) => part.ObjectsPanel), {
  ssr: false,
})

const RestoredNotice = dynamic(() => import('./restored-notice.tsx').then((part) => part.RestoredNotice), {
  ssr: false,
})
const StaleNotice = dynamic(() => import('./stale-notice.tsx').then((part) => part.StaleNotice), {
  ssr: false,
})
const UpdateNotice = dynamic(() => import('./update-notice.tsx').then((part) => part.UpdateNotice), {
  ssr: false,
})

export interface DeployWizardProps {
  namespace: string
  /** Whose drafts these are. */
  user: string
  cluster: Pick<Cluster, 'name' | 'ingressDefaultNode' | 'ingressClassName' | 'k8sNamespaces'>
  /** What is updated; absent on the page for a new one. */
  installation?: Installation
  deploy: DeployAction
  onDeployed: (workitem: Workitem) => void
}

/** One page that guides through a deploy: everything in sight, nothing behind a step. */
export function DeployWizard(props: DeployWizardProps) {
  const { namespace, user, cluster, installation, deploy, onDeployed } = props
  const initial = useMemo(
    () => (installation ? fromInstallation(installation, itemForms) : emptyWizard()),
    [installation],
  )
  const form = useForm<WizardValues>({ defaultValues: initial, mode: 'onSubmit', reValidateMode: 'onSubmit' })
  const [seen, setSeen] = useState(installation)
  const [closed, setClosed] = useState<ReadonlySet<OptionType>>(() => closedAtFirst(initial))
  const name = useWatch({ control: form.control, name: 'name' })

  const existing = useExisting({ namespace, name, isAsked: installation === undefined })
  const current = seen?.name === name ? seen : (existing ?? undefined)
  const isUpdate = current !== undefined
  const [begunWith, setBegunWith] = useState<number>()
  const revision = begunWith ?? current?.revision ?? 0

  const checking = useCheck(form, { ingressDefaultNode: cluster.ingressDefaultNode, revision })
  const { checked } = checking
  const draft = useDraft(form, {
    address: { user, namespace, cluster: cluster.name, installation: installation?.name ?? null },
    initial,
    revision,
    onRestore: (restored) => {
      if (installation && restored.revision !== installation.revision) setBegunWith(restored.revision)
    },
  })

  const jump = useCallback(
    (field: string) => {
      const position = optionOfField(field)
      const type = position === undefined ? undefined : form.getValues(`options.${position}.type`)
      // The field is there only once its section is open.
      if (type) flushSync(() => setClosed((before) => without(before, type)))
      focusField(form, field)
    },
    [form],
  )
  const deploying = useDeploy({
    namespace,
    deploy,
    checkAll: checking.checkAll,
    refuse: checking.refuse,
    jump,
    onDeployed: (workitem) => {
      draft.finish()
      onDeployed(workitem)
    },
  })

  const { isOver } = deploying
  const holdsSecretsNow = useCallback(
    () => !isOver.current && holdsSecrets(form.getValues(), secretFieldsOf),
    [form, isOver],
  )
  useLeaveWarning(holdsSecretsNow)

  const isWide = useMediaQuery(besideObjects.slice('@media '.length))
  const surroundings = useMemo(() => ({ namespace, cluster }), [namespace, cluster])
  const base = useMemo(() => baseOf(current), [current])
  const objects = (
    <ObjectsPanel
      command={checked?.command}
      faultCount={checked?.faults.length ?? 0}
      cluster={cluster}
      base={base}
    />
  )
  const optionCount = useWatch({ control: form.control, name: 'options' }).length

  return (
    <WizardContext value={surroundings}>
      <FormProvider {...form}>
        <Box
          component="form"
          noValidate
          aria-label={installation ? `Update ${installation.name}` : 'Deploy'}
          aria-busy={deploying.isDeploying}
          onSubmit={(event: React.FormEvent) => {
            event.preventDefault()
            void deploying.submit()
          }}
          onBlur={(event: React.FocusEvent) => {
            const field = event.target.getAttribute('name')
            if (field) checking.leave(field)
          }}
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: 'minmax(0, 1fr)',
            [besideForm]: { gridTemplateColumns: '160px minmax(0, 1fr)', gap: 3 },
            [besideObjects]: { gridTemplateColumns: '160px minmax(0, 1fr) minmax(340px, 36%)', gap: 3 },
            alignItems: 'start',
          }}
        >
          <SectionList checked={checked} optionCount={optionCount} />
          <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2, minWidth: 0 }}>
            {draft.restored && <RestoredNotice draft={draft.restored} onDiscard={draft.discard} />}
            <NameAndImageSection
              checked={checked}
              isFixed={installation !== undefined}
              notice={
                !installation && existing ? (
                  <UpdateNotice namespace={namespace} existing={existing} clusterName={cluster.name} />
                ) : null
              }
            />
            <PullSecretSection checked={checked} />
            <OptionsSection
              checked={checked}
              closed={closed}
              onToggle={(type, isOpen) =>
                setClosed((before) => (isOpen ? without(before, type) : new Set([...before, type])))
              }
              onRemoved={checking.forget}
            />
            <ReviewSection
              checked={checked}
              isUpdate={isUpdate}
              isDeploying={deploying.isDeploying}
              failure={deploying.failure}
              onJump={jump}
              draftNote={<DraftNote isKept={draft.isKept} onDiscard={draft.discard} />}
            >
              {deploying.stale && (
                <StaleNotice
                  base={seen}
                  current={deploying.stale}
                  cluster={cluster}
                  form={form}
                  onResolved={(resolved) => {
                    setSeen(resolved)
                    setBegunWith(undefined)
                    deploying.resolve()
                  }}
                />
              )}
              {!isWide && <Box sx={{ mt: 2 }}>{objects}</Box>}
            </ReviewSection>
          </Box>
          {isWide && <Box sx={{ position: 'sticky', top: 16, minWidth: 0 }}>{objects}</Box>}
        </Box>
      </FormProvider>
    </WizardContext>
  )
}

/** Sections with very many entries begin closed. */
function closedAtFirst({ options }: WizardValues): ReadonlySet<OptionType> {
  return new Set(optionTypes.filter((type) => options.filter((option) => option.type === type).length > 12))
}

function without<Value>(set: ReadonlySet<Value>, value: Value): ReadonlySet<Value> {
  return set.has(value) ? new Set([...set].filter((each) => each !== value)) : set
}

function baseOf(installation: Installation | undefined) {
  if (!installation?.configSpec) return undefined
  return {
    name: installation.name,
    k8sNamespace: installation.k8sNamespace,
    config: installation.configSpec,
    revision: installation.revision,
    numbering: installation.numbering ?? emptyNumbering,
  }
}
