import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { getSettings } from '../settings/settings.ts'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Whose a sealed value is. With namespace and reference it is sealed in: a row copied elsewhere does not open. */
export interface SealedPlace {
  namespaceId: string
  owner: string
  id: string
}

export const secretOwner = (installationId: string): string => `installation:${installationId}`

/** Encrypts a value before it reaches PostgreSQL: a fresh nonce, ciphertext followed by the tag. */
export function sealValue(place: SealedPlace, value: string): { nonce: Uint8Array; sealed: Uint8Array } {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, getSettings().secretsKey, nonce)
  cipher.setAAD(associatedData(place))
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { nonce, sealed }
}

/** Decrypts for the claim answer, the one place that may. Throws when the key is another or the row was altered. */
export function openValue(place: SealedPlace, row: { nonce: Uint8Array; sealed: Uint8Array }): string {
  const ciphertext = row.sealed.subarray(0, -tagBytes)
  const decipher = createDecipheriv(algorithm, getSettings().secretsKey, row.nonce, {
    authTagLength: tagBytes,
  })
  decipher.setAAD(associatedData(place))
  decipher.setAuthTag(row.sealed.subarray(-tagBytes))
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
}

/** The size of a value, known without opening it. */
export const sealedSizeBytes = (sealedBytes: number): number => sealedBytes - tagBytes

const associatedData = (place: SealedPlace): Buffer =>
  Buffer.from(`${place.namespaceId}\n${place.owner}\n${place.id}`)
