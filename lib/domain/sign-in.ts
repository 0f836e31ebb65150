/** Why a sign-in was refused, by the code in the sign-in page's `?error=`. */
const sentenceOfSignInError: Record<string, string> = {
  CredentialsSignin: 'E-mail address or password is wrong.',
  AccessDenied: 'This account may not sign in here.',
  identityUnknown:
    'This identity is not linked to anybody here. Sign in with your password and link it on your account page, or ask an organization admin to create you with it.',
  identityTaken: 'This identity is already linked to somebody else.',
  linkExpired: 'Linking took too long or your session ended. Start again on your account page.',
  userDisabled: 'This account is disabled. An organization admin can enable it again.',
  OAuthSignin: 'The single sign-on provider could not be reached. Try again, or sign in with your password.',
  OAuthCallback: 'The single sign-on provider refused the sign-in, or it took too long. Try again.',
  Callback: 'The single sign-on could not be completed. Try again.',
  Configuration: 'Sign-in is not set up correctly. The console’s log says why.',
}

/** The sentence for the sign-in page; any code that is not ours gets a general one, never its own text. */
export function describeSignInError(code: string): string {
  return Object.hasOwn(sentenceOfSignInError, code)
    ? (sentenceOfSignInError[code] ?? '')
    : 'Signing in did not work. Try again.'
}
