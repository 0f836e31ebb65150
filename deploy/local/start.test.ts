import { spawnSync } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Runs `npm start`'s program where it must refuse before anything is made. */
function refuse(environment: Record<string, string>): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'start.ts')], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', DATA_DIR: '/dev/null/data', ...environment },
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  expect(stdout).toBe('')
  return stderr
}

describe('npm start refuses, in one sentence,', () => {
  it.each(['abc', '65536'])('PORT=%s', (PORT) => {
    expect(refuse({ PORT })).toBe(`PORT is '${PORT}'; it must be a whole number from 1 to 65535.\n`)
  })

  it('a port that is in use', async () => {
    const server = createServer()
    await new Promise<void>((settle) => server.listen(0, settle))
    const { port } = server.address() as AddressInfo
    expect(refuse({ PORT: String(port) })).toBe(`Port ${port} is in use. Set PORT to a free one.\n`)
    await new Promise((settle) => server.close(settle))
  })

  it('a data folder that cannot be written', () => {
    expect(refuse({ PORT: '4199' })).toMatch(/^DATA_DIR \(\/dev\/null\/data\) cannot be written: .*\.\n$/)
  })

  it("somebody's database without keys of one's own", () => {
    const DATABASE_URL = 'postgresql://127.0.0.1:1/none'
    expect(refuse({ PORT: '4199', DATABASE_URL })).toContain('AUTH_SECRET and SECRETS_KEY must be set too')
    expect(refuse({ PORT: '4199', DATABASE_URL, AUTH_SECRET: 'x' })).toContain('so SECRETS_KEY must be set')
  })
})
