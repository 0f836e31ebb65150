import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { settlePostgresPlace } from './postgres-place.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'windlass-place-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test.each(['', '{', 'null', '7', '{"folder":1}'])('a postgres.json that is %j is named', async (spoiled) => {
  writeFileSync(join(folder, 'postgres.json'), spoiled)
  await expect(settlePostgresPlace(folder)).rejects.toThrow(
    `${join(folder, 'postgres.json')} does not say where the database is`,
  )
})
