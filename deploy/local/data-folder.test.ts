import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepKey, openDataFolder, takeDataFolder } from './data-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'windlass-data-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('takeDataFolder', () => {
  it('refuses a second start while the first lives, and says who has it', () => {
    const release = takeDataFolder(folder)
    expect(() => takeDataFolder(folder)).toThrow(`already runs on ${folder} (process ${process.pid})`)
    release()
    takeDataFolder(folder)()
  })

  it.each([
    ['of a process that died', { pid: 2 ** 22 + 1, startedAt: '1' }],
    ['whose number a stranger has now', { pid: process.pid, startedAt: 'another time' }],
  ])('takes over from a file %s', (_, kept) => {
    writeFileSync(join(folder, 'running.json'), JSON.stringify(kept))
    takeDataFolder(folder)
    expect(JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')).pid).toBe(process.pid)
  })

  it('takes over from a file that was cut short', () => {
    writeFileSync(join(folder, 'running.json'), '{"pid": 1')
    takeDataFolder(folder)()
  })
})

describe('keepKey', () => {
  it.each(['', 'garbage', 'c2hvcnQ='])('names a file whose key was spoiled: %j', (spoiled) => {
    writeFileSync(join(folder, 'secrets-key'), spoiled)
    expect(() => keepKey(folder, 'secrets-key', 'base64')).toThrow(
      `${join(folder, 'secrets-key')} does not hold the 32 bytes it was made with`,
    )
  })

  it('makes a key once, for its owner only', () => {
    const key = keepKey(folder, 'secrets-key', 'base64')
    expect(Buffer.from(key, 'base64')).toHaveLength(32)
    expect(keepKey(folder, 'secrets-key', 'base64')).toBe(key)
    expect(statSync(join(folder, 'secrets-key')).mode & 0o777).toBe(0o600)
    expect(keepKey(folder, 'auth-secret', 'base64')).not.toBe(key)
  })
})

describe('openDataFolder', () => {
  it('says in a sentence that it cannot be written', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(() => openDataFolder(join(file, 'data'))).toThrow(`DATA_DIR (${file}/data) cannot be written`)
  })

  it('lets others pass and not look', () => {
    openDataFolder(join(folder, 'made'))
    expect(statSync(join(folder, 'made')).mode & 0o777).toBe(0o711)
  })
})
