import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Content } from './draft.ts'

const chunkBytes = 0x8000

/** Base64 without Node's Buffer: the same code runs in the browser's preview. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunkBytes))
  }
  return btoa(binary)
}

export const encodeText = (text: string) => encodeBase64(utf8ToBytes(text))

/** Text when the bytes are UTF-8 that comes back byte for byte; else base64. */
export function decodeContent(bytes: Uint8Array): Content {
  if (bytes.includes(0)) return { base64: encodeBase64(bytes) }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { base64: encodeBase64(bytes) }
  }
}

/** 40 bits of SHA-256, for names that must follow from a text alone. */
export const shortHash = (text: string) => bytesToHex(sha256(utf8ToBytes(text))).slice(0, 10)

const legalKey = /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/

/** The key under which a ConfigMap or Secret holds `name`: itself where Kubernetes allows it as a key. */
export function keyOf(name: string): string {
  return legalKey.test(name) ? name : `key-${bytesToHex(sha256(utf8ToBytes(name)))}`
}
