import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default function NotFound() {
  return (
    <EmptyState
      title="Nothing is at this address"
      isPageTitle
      action={<ButtonLink href="/">Go to the clusters</ButtonLink>}
    >
      It may have been deleted or renamed, or your role does not include it.
    </EmptyState>
  )
}
