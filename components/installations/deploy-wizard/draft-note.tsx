import ButtonBase from '@mui/material/ButtonBase'

/** Beside the button, always: whether a reload would lose anything. */
export function DraftNote({ isKept, onDiscard }: { isKept: boolean; onDiscard: () => void }) {
  if (!isKept) return <>Nothing happens before you press the button.</>
  return (
    <>
      Draft kept in this browser, without secret values.{' '}
      <ButtonBase
        onClick={onDiscard}
        sx={{ typography: 'caption', color: 'primary.main', '&:hover': { textDecoration: 'underline' } }}
      >
        Discard draft
      </ButtonBase>
    </>
  )
}
