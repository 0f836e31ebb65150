import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LibraryList } from '#components/library/library-list.tsx'
import { libraryWords } from '#components/library/library-words.ts'
import { LibraryResource } from '#lib/domain/library.ts'
import { deleteItem } from '../actions.ts'

interface PageProps {
  params: Promise<{ resource: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const resource = LibraryResource.safeParse((await params).resource)
  return resource.success ? { title: libraryWords[resource.data].title } : {}
}

export default async function LibraryPage({ params }: PageProps) {
  const resource = LibraryResource.safeParse((await params).resource)
  if (!resource.success) notFound()
  return <LibraryList key={resource.data} resource={resource.data} deleteItem={deleteItem} />
}
