import { describe, expect, it } from 'vitest'
import { findForbiddenImports } from './import-table.ts'

const find = (path: string, text: string) => findForbiddenImports(new Map([[path, text]]))

describe('the import table', () => {
  it.each([
    ['lib/domain/cluster.ts', `import { getDatabase } from '#lib/server/database/database.ts'`],
    ['lib/domain/cluster.ts', `import { getDatabase } from '../server/database/database.ts'`],
    ['lib/domain/cluster.ts', `export * from '../manifests/render.ts'`],
    ['lib/domain/cluster.ts', `import { readFileSync } from 'node:fs'`],
    ['components/clusters/list.tsx', `import type { Actor } from '#lib/server/access/actor.ts'`],
    ['components/clusters/list.tsx', `const page = await import('#app/page.tsx')`],
    ['worker/main.ts', `import '#lib/server/settings/settings.ts'`],
    ['worker/main.ts', `import { startSandbox } from '../sandbox/start-sandbox.ts'`],
    ['sandbox/main.ts', `import { report } from '#lib/protocol/messages.ts'`],
    ['lib/server/clusters/list.ts', `import page from '#app/page.tsx'`],
    ['lib/server/clusters/list.test.ts', `import page from '#app/page.tsx'`],
    ['e2e/sign-in.spec.ts', `import page from '#app/page.tsx'`],
    ['lib/loose.ts', `export {}`],
  ])('refuses %s with %s', (path, text) => {
    expect(find(path, text)).toHaveLength(1)
  })

  it.each([
    ['lib/server/clusters/list.ts', `import { clusters } from '#drizzle/schema.ts'`],
    ['lib/server/clusters/list.ts', `import { getDatabase } from '../database/database.ts'`],
    ['app/page.tsx', `import { listClusters } from '#lib/server/clusters/list.ts'`],
    ['worker/run-item.test.ts', `import { startSandbox } from '#sandbox/start-sandbox.ts'`],
    ['components/clusters/list.tsx', `import Box from '@mui/material/Box'`],
  ])('allows %s with %s', (path, text) => {
    expect(find(path, text)).toEqual([])
  })
})
