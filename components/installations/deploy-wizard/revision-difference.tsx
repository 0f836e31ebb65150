'use client'

import Box from '@mui/material/Box'
import { useMemo } from 'react'
import { emptyNumbering } from '#lib/domain/numbering.ts'
import type { Installation } from '#lib/domain/installation.ts'
import { CodeView } from './code-view.tsx'
import { joinObjects, previewObjects, type PreviewCluster } from './preview.ts'

interface RevisionDifferenceProps {
  base: Installation | undefined
  current: Installation
  cluster: PreviewCluster
}

/** What another revision changed, in the objects it makes. */
export function RevisionDifference({ base, current, cluster }: RevisionDifferenceProps) {
  const [before, after] = useMemo(() => {
    const numbering = current.numbering ?? emptyNumbering
    return [base, current].map((installation) => {
      if (!installation?.configSpec) return ''
      const { name, k8sNamespace, configSpec: config } = installation
      return joinObjects(previewObjects({ name, k8sNamespace, config }, cluster, numbering))
    })
  }, [base, current, cluster])
  return (
    <Box sx={{ mt: 1, border: 1, borderColor: 'divider', borderRadius: '8px', overflow: 'hidden' }}>
      <CodeView
        label={`What revision ${current.revision} changed`}
        text={after ?? ''}
        {...(before ? { before } : {})}
      />
    </Box>
  )
}
