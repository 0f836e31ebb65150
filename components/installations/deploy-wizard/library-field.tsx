'use client'

import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import type { LibraryResource } from '#lib/domain/library.ts'
import { libraryQuery } from '#lib/queries/library.ts'
import type { OptionPath } from './option-form.ts'
import { useWizardContext } from './wizard-context.ts'
import { WizardChoice, WizardField, useFieldValue } from './wizard-field.tsx'

const suggestionLimit = 20
const words: Record<LibraryResource, string> = { documents: 'document', images: 'image', videos: 'video' }

/** Which document, image or video of the library; its names are searched while somebody types. */
export function LibraryField({ at }: { at: OptionPath }) {
  const { namespace } = useWizardContext()
  const resource = useFieldValue(`${at}.resourceType`) as LibraryResource
  const name = useFieldValue(`${at}.resourceName`).trim()
  const search = useDeferredValue(name)
  const { data, isError } = useQuery(
    libraryQuery(namespace, resource, {
      where: {},
      sort: { name: 1 },
      page: 1,
      limit: suggestionLimit,
      count: false,
      ...(search === '' ? {} : { search: search.slice(0, 200) }),
    }),
  )
  const found = data?.rows.find((row) => row.name === name)
  return (
    <>
      <WizardChoice
        name={`${at}.resourceType`}
        label="Resource Type"
        required
        options={[
          { value: 'documents', label: 'Document' },
          { value: 'images', label: 'Image' },
          { value: 'videos', label: 'Video' },
        ]}
      />
      <WizardField
        name={`${at}.resourceName`}
        label="Resource Name"
        required
        suggestions={data?.rows.map((row) => row.name) ?? []}
        help={
          isError
            ? 'The library cannot be searched now; type the name.'
            : found
              ? `${found.contentSize.toLocaleString('en')} bytes, ${found.fileType}; pinned as it is now`
              : data && name !== '' && search === name
                ? `The library has no ${words[resource]} of this name.`
                : `A ${words[resource]} of this namespace's library`
        }
      />
    </>
  )
}
