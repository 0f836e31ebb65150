import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))
const outside = ['**/node_modules/**', '.next/**', '.data/**', 'worker/dist/**', 'e2e/**']
// Next replaces this package in its bundle; here it would refuse to load.
const alias = {
  'server-only': fileURLToPath(new URL('../node_modules/server-only/empty.js', import.meta.url)),
}

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: 'unit',
          alias,
          include: ['**/*.test.ts', '**/*.test.tsx', '.ci/**/*.test.ts'],
          exclude: [...outside, '**/*.db.test.ts'],
          // Nothing here takes a second; a machine that is busy with more may take many.
          testTimeout: 30_000,
        },
      },
      {
        root,
        test: {
          name: 'db',
          alias,
          include: ['**/*.db.test.ts'],
          exclude: outside,
          globalSetup: ['.ci/start-test-postgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
