import { describeFigures, type Bench } from './figures.ts'

/** `npm run bench -- <name>`; bare: the list of names. A new benchmark is a file beside this one and a line here. */
const benches: Record<string, () => Promise<Bench>> = {
  deploy: async () => (await import('./deploy.ts')).deploy,
  start: async () => (await import('./start.ts')).start,
  pages: async () => (await import('./pages.ts')).pages,
}

const name = process.argv[2]
if (name === undefined) {
  for (const [each, load] of Object.entries(benches)) {
    process.stdout.write(`${each.padEnd(10)} ${(await load()).about}\n`)
  }
} else if (benches[name] === undefined) {
  process.stderr.write(`There is no benchmark '${name}'. There are: ${Object.keys(benches).join(', ')}.\n`)
  process.exitCode = 1
} else {
  const bench = await benches[name]()
  const figures = await bench.run((text) => process.stdout.write(`${text}\n`))
  process.stdout.write(describeFigures(name, figures))
}
