import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { dirname } from 'node:path'
import { expect, test } from '@playwright/test'
import { type OwnApp, startApp } from '@/lib/cli/start-app'

/** How soon everything has to be gone. */
const SOON = { timeout: 2_000, intervals: [20] }

test.describe.configure({ timeout: 120_000 })

/** A stream of events that stays open: what keeps a server from closing. */
async function openStream({ address }: OwnApp): Promise<IncomingMessage> {
  const request = get(`${address}/api/lab/events?lab=start`)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.on('error', () => {})
  request.on('error', () => {})
  response.resume()
  return response
}

/** Whether the rate provider of an app still answers: its port is in what the app printed. */
async function answers({ lines }: OwnApp): Promise<boolean> {
  const url = lines.map((line) => /^simulated rate provider.*(http:\S+)/.exec(line)?.[1]).find(Boolean)
  expect(url).toBeDefined()
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** The private folders of the services that an app started. */
function folders({ lines }: OwnApp): string[] {
  return lines.flatMap((line) => /unix:(\S+)/.exec(line)?.[1] ?? []).map((socket) => dirname(socket))
}

test('SIGTERM with an open stream ends everything within two seconds', async () => {
  const app = await startApp()
  const stream = await openStream(app)
  expect(await answers(app)).toBe(true)
  expect(folders(app)).toHaveLength(2)
  const closed = once(stream, 'close')
  const before = Date.now()
  expect(await app.stop()).toBe(0)
  expect(Date.now() - before).toBeLessThan(2_000)
  await closed
  expect(folders(app).filter(existsSync)).toEqual([])
  expect(await answers(app)).toBe(false)
})

test('SIGKILL leaves nothing behind', async () => {
  const app = await startApp()
  await openStream(app)
  process.kill(app.pid, 'SIGKILL')
  // A guard removes the folder after its child has ended.
  await expect.poll(() => folders(app).filter(existsSync), SOON).toEqual([])
  await expect.poll(() => answers(app), SOON).toBe(false)
})

for (const [env, says] of [
  [{ PORT: 'many' }, /^PORT is "many": it takes a whole number from 0 \(any free port\) to 65535\.$/],
  [{ PORT: '1', HOST: '203.0.113.1' }, /^HOST=203\.0\.113\.1 is no address of this machine\.$/],
  [{ PORT: '0', REDIS_URL: 'redis://127.0.0.1:1' }, /^REDIS_URL \(redis:\/\/127\.0\.0\.1:1\) does not answer: /],
] as const) {
  test(`${JSON.stringify(env)} is refused in a line`, async () => {
    const { code, error } = await failedStart(env)
    expect(code).toBe(1)
    expect(error.trim()).toMatch(says)
    expect(error.trim().split('\n')).toHaveLength(1)
  })
}

test('a port that is taken is refused in a line, before anything is started', async ({ baseURL }) => {
  const { port } = new URL(baseURL ?? '')
  const { code, error, output } = await failedStart({ PORT: port })
  expect(code).toBe(1)
  expect(error).toBe(
    `Port ${port} is taken on 127.0.0.1: stop what uses it, or choose another with PORT=${Number(port) + 1}.\n`,
  )
  expect(output).toBe('')
})

async function failedStart(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/start.ts'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [output, error] = ['', '']
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString()
  })
  child.stderr.on('data', (text: Buffer) => {
    error += text.toString()
  })
  await once(child, 'close')
  return { code: child.exitCode, error, output }
}
