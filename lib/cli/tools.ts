import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { findRedis } from '../redis/start'
import { systemChromium } from './browser'
import { findExecutable } from './find-executable'

/** Packages that start a service when they are installed ask here first. */
const POLICY = '/usr/sbin/policy-rc.d'

/** Debian's Chromium without a window. */
const SHELL = 'chromium-headless-shell'

/**
 * See that the tests have a real Redis and a real Chromium: install what is missing where that may be done.
 * @param options.browser whether they need one.
 * @throws Error with the one line to type where it may not.
 */
export function provideTools(say: (line: string) => void, { browser = true } = {}): void {
  const missing = [
    ...(process.env.REDIS_URL || findRedis() ? [] : ['redis-server']),
    ...(!browser || systemChromium() || ownChromium() ? [] : [SHELL]),
  ]
  if (missing.length > 0 && process.getuid?.() === 0 && findExecutable(['apt-get'])) {
    say(`Installing ${missing.join(' and ')} with apt-get.`)
    aptInstall(missing)
  }

  if (!process.env.REDIS_URL && !findRedis()) {
    const line = process.platform === 'darwin' ? 'brew install redis' : 'sudo apt-get install -y redis-server'
    throw new Error(`The tests need a real Redis. Type: ${line}`)
  }
  if (browser && !systemChromium() && !ownChromium()) {
    say('Installing Chromium with Playwright.')
    const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')
    if (!run(process.execPath, [cli, 'install', 'chromium'])) {
      throw new Error('The tests need Chromium. Type: npx playwright install --with-deps chromium')
    }
  }
}

/** Whether Playwright has downloaded a Chromium before. */
function ownChromium(): boolean {
  const { chromium } = createRequire(import.meta.url)('@playwright/test') as typeof import('@playwright/test')
  return existsSync(chromium.executablePath())
}

/** Install what Debian has of these. What it could not is found missing by who asked for it. */
function aptInstall(packages: string[]): void {
  const policy = !existsSync(POLICY)
  // Ours is a private child; the package would also start a public one on Redis's usual port.
  if (policy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    run('apt-get', ['-q', 'update'])
    for (const name of packages) run('apt-get', ['-q', 'install', '-y', '--no-install-recommends', name])
  } finally {
    if (policy) rmSync(POLICY, { force: true })
  }
}

/** Run it to its end; what it writes is shown only where it fails. */
function run(command: string, args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' })
  if (status !== 0) console.error(`${stdout}${stderr}`)
  return status === 0
}
