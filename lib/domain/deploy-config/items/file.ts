import { z } from 'zod'
import { LibraryResource } from '../../library.ts'
import { SecretReference } from '../secret-reference.ts'

export const FileItem = z.strictObject({
  type: z.literal('file'),
  path: z.string(),
  filename: z.string().optional(),
  dataSource: z.enum(['configMap', 'secret']).optional(),
  content: z.union([z.string(), SecretReference]).optional(),
  name: z.string().optional(),
  key: z.string().optional(),
  resourceType: LibraryResource.optional(),
  resourceName: z.string().optional(),
  /** Set when a deploy is accepted, never by the caller: the library content pinned by SHA-256 (hexadecimal). */
  contentSha256: z.string().optional(),
})
export type FileItem = z.infer<typeof FileItem>
