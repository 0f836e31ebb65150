import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { libraryFilters, toLibraryQuery } from '#components/library/library-list-state.ts'
import { LibraryList } from '#components/library/library-list.tsx'
import { libraryWords } from '#components/library/library-words.ts'
import { readListState, type SearchParams } from '#components/ui/list-state.ts'
import { LibraryResource } from '#lib/domain/library.ts'
import { libraryQuery } from '#lib/queries/library.ts'
import { listLibrary } from '#lib/server/library/list.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { Hydrated } from '../../../../hydrated.tsx'
import { readForPage } from '../../../../show-page.ts'
import { deleteItem } from '../actions.ts'

interface PageProps {
  params: Promise<{ namespace: string; resource: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const resource = LibraryResource.safeParse((await params).resource)
  return resource.success ? { title: libraryWords[resource.data].title } : {}
}

export default async function LibraryPage({ params, searchParams }: PageProps) {
  const given = await params
  const parsed = LibraryResource.safeParse(given.resource)
  if (!parsed.success) notFound()
  const [namespace, resource] = [decodeURIComponent(given.namespace), parsed.data]
  const query = toLibraryQuery(readListState(await searchParams, libraryFilters))
  const page = await readForPage(listLibrary(await requireActor(), namespace, resource, query))
  return (
    <Hydrated known={[[libraryQuery(namespace, resource, query).queryKey, page]]}>
      <LibraryList key={resource} resource={resource} deleteItem={deleteItem} />
    </Hydrated>
  )
}
