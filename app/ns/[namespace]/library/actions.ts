'use server'

import type { ActionResult } from '#lib/domain/action-result.ts'
import { LibraryName, LibraryResource } from '#lib/domain/library.ts'
import { answerAction } from '#lib/server/access/action.ts'
import { deleteLibraryItem } from '#lib/server/library/delete.ts'
import { parseInput } from '#lib/server/resources/parse-input.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'

export async function deleteItem(
  namespace: string,
  resource: LibraryResource,
  name: string,
): Promise<ActionResult<void>> {
  return answerAction(async () =>
    deleteLibraryItem(
      await requireActor(),
      namespace,
      parseInput(LibraryResource, resource),
      parseInput(LibraryName, name),
    ),
  )
}
