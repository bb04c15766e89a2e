import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, inject, test } from 'vitest'
import { nodeCommand } from './node-command'

test('a start whose Next fails says why, and ends', { timeout: 60_000 }, async () => {
  const project = mkdtempSync(join(tmpdir(), 'hitrate-start-'))
  writeFileSync(join(project, 'next.config.mjs'), `throw new Error('the real cause')`)
  const { redis, postgres } = inject('services')
  const { command, args } = nodeCommand(new URL('./start.ts', import.meta.url), '--dev')
  const child = spawn(command, args, {
    cwd: project,
    env: { ...process.env, PORT: '0', REDIS_URL: redis.url, DATABASE_URL: postgres.url },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [said] = await Promise.all([text(child.stderr), once(child, 'close')])
  expect(said).toContain('the real cause')
  expect(said).not.toContain('before initialization')
  expect(child.exitCode).toBe(1)
})
