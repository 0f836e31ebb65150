'use client'

import { useEffect, useRef, useState } from 'react'
import type { LibraryResource } from '#lib/domain/library.ts'
import { describeFailure } from '#lib/queries/request-failure.ts'
import { uploadLibraryItem } from '#lib/queries/upload-library-item.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import type { Upload } from './uploads.ts'

/** The files on their way: one at a time, each with its own progress and its own error. */
export function useUploads(
  namespace: string,
  resource: LibraryResource,
  onStored: (names: string[]) => void,
) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const [isSending, setIsSending] = useState(false)
  const nextId = useRef(1)
  const sending = useRef(new Map<number, AbortController>())
  const refetch = useRefetch(namespace)
  useEffect(() => {
    const current = sending.current
    return () => {
      for (const controller of current.values()) controller.abort()
    }
  }, [])

  const change = (id: number, changes: Partial<Upload>) =>
    setUploads((before) => before.map((upload) => (upload.id === id ? { ...upload, ...changes } : upload)))

  const add = (files: Iterable<File>) => {
    const added = [...files].map((file): Upload => ({
      id: nextId.current++,
      file,
      name: file.name,
      state: 'waiting',
      sentBytes: 0,
    }))
    setUploads((before) => [...before, ...added])
  }
  const remove = (id: number) => {
    sending.current.get(id)?.abort()
    setUploads((before) => before.filter((upload) => upload.id !== id))
  }

  const send = async () => {
    if (isSending) return
    setIsSending(true)
    // The rules for names weigh more than this page, and nobody needs them before there is a file.
    const { describeUploadFault } = await import('./uploads.ts')
    const stored: string[] = []
    for (const upload of uploads.filter((each) => describeUploadFault(each, uploads) === undefined)) {
      const controller = new AbortController()
      sending.current.set(upload.id, controller)
      const { id, name, file } = upload
      setUploads((before) =>
        before.map((each) => (each.id === id ? { ...each, state: 'sending', sentBytes: 0 } : each)),
      )
      try {
        const onProgress = (sentBytes: number) => change(id, { sentBytes })
        await uploadLibraryItem({ namespace, resource, name, file, onProgress, signal: controller.signal })
        stored.push(name)
        setUploads((before) => before.filter((each) => each.id !== id))
      } catch (error) {
        const failure =
          error instanceof TypeError
            ? 'The console did not answer. Upload it again.'
            : describeFailure(error as Error).message
        change(id, { state: 'failed', sentBytes: 0, failure })
      } finally {
        sending.current.delete(id)
      }
    }
    setIsSending(false)
    if (stored.length > 0) {
      onStored(stored)
      refetch('library')
    }
  }

  const rename = (id: number, name: string) => change(id, { name, state: 'waiting' })
  return { uploads, isSending, add, remove, rename, send }
}
