import { notFound } from 'next/navigation'
import { DomainError } from '#lib/domain/errors.ts'

/** The page's door: what is not found, or not to be seen, is Next's 404; everything else goes to error.tsx. */
export async function readForPage<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    if (error instanceof DomainError && (error.httpStatus === 404 || error.httpStatus === 403)) notFound()
    throw error
  }
}
