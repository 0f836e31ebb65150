import { randomBytes } from 'node:crypto'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'

/** No file or variable is stored under this key: those of the renderer begin otherwise or are mounted one by one. */
export const checksumKeyName = 'windlass-checksum-key'

/**
 * The key of the checksum that rolls pods when a generated ConfigMap or Secret changes. It stays in the cluster, so
 * that nobody who only sees pod templates can guess a secret, and stays the same, so that nothing rolls needlessly.
 */
export function findChecksumKey(existing: Iterable<KubernetesObject>, inInventory: string | null): string {
  for (const secret of bySecretNumber([...existing])) {
    const key = (secret.data as Record<string, string> | undefined)?.[checksumKeyName]
    // Secret data is base64 already; the key is kept as the bytes themselves.
    if (key) return key
  }
  return inInventory ?? randomBytes(32).toString('base64')
}

/** Puts the key into the generated Secret with the lowest number; null when there is none and the inventory must keep it. */
export function keepChecksumKey(objects: KubernetesObject[], key: string): KubernetesObject | null {
  const [first] = bySecretNumber(objects)
  if (!first) return null
  first.data = { ...(first.data as Record<string, string> | undefined), [checksumKeyName]: key }
  return first
}

function bySecretNumber(objects: KubernetesObject[]): KubernetesObject[] {
  const numberOf = ({ metadata }: KubernetesObject) =>
    Number(/-secret-(\d+)$/.exec(metadata.name)?.[1] ?? Infinity)
  return objects.filter((object) => object.kind === 'Secret').sort((a, b) => numberOf(a) - numberOf(b))
}
