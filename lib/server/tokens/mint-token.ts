import { createHash, randomBytes } from 'node:crypto'
import { tokenPrefix } from '#lib/domain/access.ts'

/** 256 random bits. */
export const mintToken = (): string => tokenPrefix + randomBytes(32).toString('base64url')

/** What is stored of a token; a plain digest is enough for 256 random bits. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
