'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Installation } from '#lib/domain/installation.ts'
import { fetchInstallation } from '#lib/queries/fetch-installation.ts'
import { queryKey } from '#lib/queries/keys.ts'

const quietMilliseconds = 300
const possibleName = /^[a-z][a-z0-9-]{0,44}$/

/** The installation that has the name somebody types, if there is one: then a deploy is an update. */
export function useExisting({
  namespace,
  name,
  isAsked,
}: {
  namespace: string
  name: string
  isAsked: boolean
}): Installation | null {
  const [settled, setSettled] = useState(name)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(name), quietMilliseconds)
    return () => clearTimeout(timer)
  }, [name])
  const { data } = useQuery({
    queryKey: queryKey(namespace, 'installation', 'named', settled),
    queryFn: ({ signal }) => fetchInstallation(namespace, settled, signal),
    enabled: isAsked && possibleName.test(settled) && settled !== 'new',
  })
  return data?.name === name ? data : null
}
