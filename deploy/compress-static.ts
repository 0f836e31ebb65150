import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/**
 * Run after `next build`: lays a Brotli and a gzip copy beside each static file, for lib/server/static-files. Done
 * once at the strongest setting, because each of these files is sent many times and never changes.
 */
const folder = join(import.meta.dirname, '../.next/static')
const compressible = new Set(['.js', '.css', '.svg', '.json', '.txt'])
/** Below this, headers weigh more than what is saved. */
const smallestBytes = 512

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && compressible.has(extname(entry.name)))
  .map((entry) => join(entry.parentPath, entry.name))

await Promise.all(
  files.map(async (file) => {
    const bytes = await readFile(file)
    if (bytes.length < smallestBytes) return
    const parameters = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    }
    await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params: parameters }))
    await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }))
  }),
)
