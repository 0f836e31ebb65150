import type { QueryClient } from '@tanstack/react-query'
import type { Noun } from './live.ts'

/** Every key begins with the namespace and the noun whose changes make it stale. */
export const queryKey = (namespace: string, noun: Noun, ...rest: unknown[]) =>
  ['ns', namespace, noun, ...rest] as const

/** What else shows a noun: a cluster's row counts its installations and its queue. */
const alsoShownIn: Record<Noun, readonly Noun[]> = {
  cluster: [],
  installation: ['cluster'],
  workitem: ['cluster', 'installation'],
  library: [],
  token: [],
  member: [],
}

export const everyNoun = Object.keys(alsoShownIn) as Noun[]

/** Fetches again what is on the screen of these nouns, and marks the rest stale. */
export async function refetchNouns(
  client: QueryClient,
  namespace: string,
  nouns: Iterable<Noun>,
): Promise<void> {
  const affected = new Set([...nouns].flatMap((noun) => [noun, ...alsoShownIn[noun]]))
  await Promise.all(
    [...affected].map((noun) => client.invalidateQueries({ queryKey: queryKey(namespace, noun) })),
  )
}
