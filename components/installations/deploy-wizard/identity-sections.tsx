'use client'

import type { ReactNode } from 'react'
import { stateOfSection } from './sections.ts'
import type { Checked } from './use-check.ts'
import { useWizardContext } from './wizard-context.ts'
import { FieldGrid, WizardChoice, WizardField } from './wizard-field.tsx'
import { WizardSection } from './wizard-section.tsx'

interface IdentityProps {
  checked: Checked | undefined
  /** An existing installation keeps its name and Kubernetes namespace. */
  isFixed: boolean
  /** What is to be said about the name. */
  notice?: ReactNode
}

export function NameAndImageSection({ checked, isFixed, notice }: IdentityProps) {
  const { cluster } = useWizardContext()
  return (
    <WizardSection
      number={1}
      state={stateOfSection(1, checked)}
      description="What runs, under which name, and how many of it."
    >
      <FieldGrid>
        <WizardField name="name" label="Name" placeholder="jdbc" required readOnly={isFixed} />
        <WizardField
          name="k8sNamespace"
          label="Kubernetes Namespace"
          placeholder="default"
          required
          readOnly={isFixed}
          {...(cluster.k8sNamespaces ? { suggestions: cluster.k8sNamespaces } : {})}
        />
        <WizardField
          name="image.name"
          label="Image"
          placeholder="quay.io/company/connector:1.4"
          required
          isWide
          help="Begins with the registry it is pulled from"
        />
        <WizardField name="image.replicaCount" label="Replicas" required inputMode="numeric" />
        <WizardChoice
          name="image.pullPolicy"
          label="Pull Policy"
          emptyLabel="Kubernetes' default"
          options={[
            { value: 'IfNotPresent', label: 'IfNotPresent' },
            { value: 'Always', label: 'Always' },
            { value: 'Never', label: 'Never' },
          ]}
        />
      </FieldGrid>
      {notice}
    </WizardSection>
  )
}

export function PullSecretSection({ checked }: { checked: Checked | undefined }) {
  return (
    <WizardSection
      number={2}
      state={stateOfSection(2, checked)}
      description="Only for an image that is not public, or pods that call the Kubernetes API."
    >
      <FieldGrid>
        <WizardField
          name="image.imagePullSecret"
          label="Image Pull Secret"
          help="A docker-registry Secret in that Kubernetes namespace"
        />
        <WizardField
          name="image.serviceAccount"
          label="Service Account"
          placeholder="default"
          help="Its own pull secrets are used as well"
        />
      </FieldGrid>
    </WizardSection>
  )
}
