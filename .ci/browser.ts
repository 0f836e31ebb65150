import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser on this machine, or undefined for Playwright's own. */
export function findBrowser(): string | undefined {
  return installed.find((path) => existsSync(path))
}

/** Gets a browser when there is none: Debian's package as root, Playwright's own elsewhere. */
export function ensureBrowser(): void {
  if (findBrowser() !== undefined || existsSync(chromium.executablePath())) return
  const isDebian =
    existsSync('/etc/debian_version') && !readFileSync('/etc/os-release', 'utf8').includes('ID=ubuntu')
  if (isDebian && process.getuid?.() === 0) {
    process.stdout.write('No browser is here: installing the package chromium …\n')
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    run('apt-get', ['update', '-qq'], environment)
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], environment)
    return
  }
  process.stdout.write("No browser is here: installing Playwright's Chromium …\n")
  run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], process.env)
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8' })
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed.\n${stdout}${stderr}${error ? String(error) : ''}`)
  }
}
