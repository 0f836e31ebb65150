import Button from '@mui/material/Button'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { Draft } from './draft.ts'
import { Notice } from './notice.tsx'

/** After a reload: what was typed is back, and what is not. */
export function RestoredNotice({ draft, onDiscard }: { draft: Draft; onDiscard: () => void }) {
  return (
    <Notice
      tone="info"
      title="Your draft is back"
      actions={
        <Button size="small" onClick={onDiscard}>
          Discard draft
        </Button>
      }
    >
      Kept in this browser <RelativeTime at={draft.savedAt} />.{' '}
      {draft.leftOutSecrets && 'Secret values are never kept in a draft: type them again.'}
    </Notice>
  )
}
