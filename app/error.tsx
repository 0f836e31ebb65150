'use client'

import { CenteredPage } from '#components/ui/centered-page.tsx'
import { PageError } from '#components/ui/page-error.tsx'

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <CenteredPage>
      <PageError error={error} retry={retry} />
    </CenteredPage>
  )
}
