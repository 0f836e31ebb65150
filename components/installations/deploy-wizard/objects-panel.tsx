'use client'

import Box from '@mui/material/Box'
import ButtonBase from '@mui/material/ButtonBase'
import Typography from '@mui/material/Typography'
import { useMemo, useState } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { emptyNumbering, type Numbering } from '#lib/domain/numbering.ts'
import { CodeView } from './code-view.tsx'
import { joinObjects, previewObjects, type PreviewCluster, type Previewed } from './preview.ts'

export interface ObjectsPanelProps {
  /** What the form holds now. */
  command: Previewed | undefined
  faultCount: number
  cluster: PreviewCluster
  /** What is deployed now, of an update. */
  base?: (Previewed & { revision: number; numbering: Numbering }) | undefined
}

/** Beside the form, always current: what will be created, and on an update what will be different. */
export function ObjectsPanel({ command, faultCount, cluster, base }: ObjectsPanelProps) {
  const [shownName, setShownName] = useState<string>()
  const before = useMemo(() => {
    return base && previewObjects(base, cluster, base.numbering)
  }, [base, cluster])
  const objects = useMemo(
    () => (command ? previewObjects(command, cluster, base?.numbering ?? emptyNumbering) : []),
    [command, cluster, base],
  )

  const difference = 'difference'
  const shown = objects.find((object) => keyOf(object) === shownName)
  const showsDifference = before !== undefined && objects.length > 0 && (!shown || shownName === difference)
  const object = shown ?? objects.find(({ kind }) => kind === 'StatefulSet')
  const isSame = before !== undefined && joinObjects(objects) === joinObjects(before)

  return (
    <Box
      component="section"
      aria-label="Objects to be created"
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: '8px',
        bgcolor: 'background.paper',
        overflow: 'hidden',
      }}
    >
      <Box sx={{ px: 2, py: 1.25, display: 'flex', alignItems: 'center', gap: 1, minHeight: 48 }}>
        <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
          {before ? 'What will change' : 'What will be created'}
        </Typography>
        {object && <CopyButton text={joinObjects(objects)} label="Copy all as YAML" />}
      </Box>
      {faultCount > 0 && (
        <Typography
          variant="caption"
          component="p"
          sx={{
            px: 2,
            py: 0.75,
            bgcolor: 'background.sunken',
            color: 'text.secondary',
            borderTop: 1,
            borderColor: 'divider',
          }}
        >
          Options that are not complete yet are left out.
        </Typography>
      )}
      {objects.length > 0 && (
        <Box
          component="fieldset"
          aria-label="Objects"
          sx={{
            display: 'grid',
            border: 0,
            m: 0,
            minWidth: 0,
            px: 1,
            py: 1,
            borderTop: 1,
            borderColor: 'divider',
            maxHeight: 210,
            overflowY: 'auto',
          }}
        >
          {before && (
            <ObjectChoice
              title="Difference"
              detail={`against revision ${base?.revision}`}
              isChosen={showsDifference}
              onChoose={() => setShownName(difference)}
            />
          )}
          {objects.map((choice) => (
            <ObjectChoice
              key={keyOf(choice)}
              title={choice.kind}
              detail={choice.name}
              isChosen={!showsDifference && object === choice}
              onChoose={() => setShownName(keyOf(choice))}
            />
          ))}
        </Box>
      )}
      {object && (
        <Box sx={{ borderTop: 1, borderColor: 'divider' }}>
          {showsDifference && isSame ? (
            <Typography variant="body2" sx={{ px: 2, py: 2, color: 'text.secondary' }}>
              Nothing is different. Deploying it all the same starts a new revision.
            </Typography>
          ) : showsDifference ? (
            <CodeView
              label="Difference against the current revision"
              text={joinObjects(objects)}
              before={joinObjects(before)}
            />
          ) : (
            <CodeView label={`YAML of ${object.kind} ${object.name}`} text={object.yaml} />
          )}
        </Box>
      )}
    </Box>
  )
}

const keyOf = ({ kind, name }: { kind: string; name: string }) => `${kind}/${name}`

interface ObjectChoiceProps {
  title: string
  detail: string
  isChosen: boolean
  onChoose: () => void
}

function ObjectChoice({ title, detail, isChosen, onChoose }: ObjectChoiceProps) {
  return (
    <ButtonBase
      onClick={onChoose}
      aria-pressed={isChosen}
      sx={{
        display: 'flex',
        justifyContent: 'flex-start',
        gap: 1,
        px: 1,
        py: 0.5,
        minHeight: 28,
        borderRadius: '5px',
        textAlign: 'left',
        ...(isChosen ? { bgcolor: 'action.selected' } : { '&:hover': { bgcolor: 'action.hover' } }),
      }}
    >
      <Typography variant="body2" component="span" sx={{ fontWeight: 500 }}>
        {title}
      </Typography>
      <Typography variant="mono" component="span" noWrap sx={{ color: 'text.tertiary', minWidth: 0 }}>
        {detail}
      </Typography>
    </ButtonBase>
  )
}
