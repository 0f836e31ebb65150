import Link from '@mui/material/Link'

/** Beside the button, always: whether a reload would lose anything. */
export function DraftNote({ isKept, onDiscard }: { isKept: boolean; onDiscard: () => void }) {
  if (!isKept) return <>Nothing happens before you press the button.</>
  return (
    <>
      Draft kept in this browser, without secret values.{' '}
      <Link component="button" type="button" variant="caption" onClick={onDiscard}>
        Discard draft
      </Link>
    </>
  )
}
