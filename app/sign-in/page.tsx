import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInForm } from '#components/account/sign-in-form.tsx'
import { CenteredPage } from '#components/ui/centered-page.tsx'
import { keepOnConsole } from '#lib/domain/addresses.ts'
import { describeSignInError } from '#lib/domain/sign-in.ts'
import { currentActor } from '#lib/server/sessions/current-actor.ts'
import { getSettings } from '#lib/server/settings/settings.ts'

export const metadata: Metadata = { title: 'Sign in' }

interface SignInPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl, error } = await searchParams
  const settings = getSettings()
  const target = keepOnConsole(callbackUrl, settings.publicUrl)
  if (await currentActor()) redirect(target)
  return (
    <CenteredPage>
      <SignInForm
        callbackUrl={target}
        singleSignOnName={settings.OIDC_ISSUER ? settings.OIDC_NAME : null}
        failure={typeof error === 'string' ? describeSignInError(error) : null}
      />
    </CenteredPage>
  )
}
