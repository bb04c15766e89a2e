import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { dirname } from 'node:path'
import { expect, test } from '@playwright/test'
import { type OwnApp, startApp } from '@/lib/cli/start-app'
import { processStates } from '@/lib/processes/routes'
import type { Report } from '@/lib/runs/report'
import { isRunning } from '@/lib/testing/processes'
import { sendRaw } from '@/lib/testing/raw'

/** How soon everything has to be gone. */
const SOON = { timeout: 60_000, intervals: [20] }

test.describe.configure({ timeout: 240_000 })

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

/** What an app has beside itself: the processes of its workers, and the address of its edge. */
interface BesideIt {
  workers: number[]
  edge: string
}

/** Have two workers and an edge beside an app. */
async function startBeside({ address }: OwnApp): Promise<BesideIt> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${address}/api/edge`, { method: 'PUT' })
  const answer = await fetch(`${address}/api/workers`, { method: 'PUT', headers, body: '{"count":2}' })
  const states = processStates.parse(await answer.json())
  const beside = { workers: states.workers.map(({ worker }) => Number(worker)), edge: states.edge?.address ?? '' }
  expect(beside.workers.filter(isRunning)).toHaveLength(2)
  expect(await leftOf(beside)).toHaveLength(3)
  return beside
}

/** What is still there of it. */
async function leftOf({ workers, edge }: BesideIt): Promise<unknown[]> {
  const answered = await fetch(`${edge}/healthz`).then(
    () => [edge],
    () => [],
  )
  return [...workers.filter(isRunning), ...answered]
}

/** The private folders of the services that an app started. */
function folders({ lines }: OwnApp): string[] {
  return lines.flatMap((line) => /unix:(\S+)/.exec(line)?.[1] ?? []).map((socket) => dirname(socket))
}

test('SIGTERM with an open stream ends everything, without waiting for the stream', async () => {
  const app = await startApp()
  const stream = await openStream(app)
  const beside = await startBeside(app)
  expect(await answers(app)).toBe(true)
  expect(folders(app)).toHaveLength(2)
  const closed = once(stream, 'close')
  const before = Date.now()
  expect(await app.stop()).toBe(0)
  // An open stream that isn't closed holds Next up for 20 s.
  expect(Date.now() - before).toBeLessThan(15_000)
  await closed
  expect(folders(app).filter(existsSync)).toEqual([])
  expect(await leftOf(beside)).toEqual([])
  expect(await answers(app)).toBe(false)
})

test('a request that offers an upgrade has its response, before and after Next has answered one', async () => {
  const app = await startApp()
  try {
    const port = Number(new URL(app.address).port)
    for (const offer of ['h2c', 'websocket', 'foo/1']) {
      const fields = `Host: 127.0.0.1:${port}\r\nConnection: Upgrade, close\r\nUpgrade: ${offer}\r\n`
      expect(await sendRaw(port, `GET /healthz HTTP/1.1\r\n${fields}\r\n`)).toMatch(/^HTTP\/1\.1 200 /)
    }
  } finally {
    await app.stop()
  }
})

test('SIGKILL leaves nothing behind', async () => {
  const app = await startApp()
  await openStream(app)
  const beside = await startBeside(app)
  process.kill(app.pid, 'SIGKILL')
  // A guard removes the folder after its child has ended.
  await expect.poll(() => folders(app).filter(existsSync), SOON).toEqual([])
  await expect.poll(() => answers(app), SOON).toBe(false)
  await expect.poll(() => leftOf(beside), SOON).toEqual([])
})

test('a worker and the edge that are killed in mid-run are replaced, the runs go on, and nothing is left of them', async ({
  page,
}) => {
  const app = await startApp()
  try {
    const beside = await startBeside(app)
    for (const [what, choice] of [
      ['edge', { via: 'edge', resource: 'public/config', cache: 's-maxage' }],
      ['workers/1', { host: 'workers', resource: 'public/config', cache: 'memory' }],
    ] as const) {
      const load = { loop: 'open', rate: '50', seconds: '6', c: '10', ...choice }
      await page.goto(`${app.address}/playground?${new URLSearchParams(load)}`)
      const panel = page.getByRole('region', { name: 'Run a load' })
      const status = panel.getByTestId('run-status')
      await panel.getByRole('button', { name: /^Run( again)?$/ }).click()
      await expect(status).toHaveAttribute('data-status', 'running')
      // Some of the run comes before, and some after.
      const requests = page.getByRole('row', { name: /^Requests / })
      await expect(requests).toContainText(/[1-9]\d/)
      expect((await fetch(`${app.address}/api/${what}/crash`, { method: 'POST' })).status).toBe(204)
      await expect(status).toHaveAttribute('data-status', 'done')
      const { report } = (await (
        await fetch(`${app.address}/api/runs/${await status.getAttribute('data-run')}`)
      ).json()) as { report: Report }
      expect(report.errors).toBeGreaterThan(0)
      expect(report.requests - report.errors).toBeGreaterThan(100)
    }
    expect(isRunning(beside.workers[0] ?? 0)).toBe(false)
    const now = processStates.parse(await (await fetch(`${app.address}/api/processes`)).json())
    expect([now.edge?.restarts, ...now.workers.map(({ restarts }) => restarts)]).toEqual([1, 1, 0])
    await app.stop()
    expect(await leftOf({ workers: now.workers.map(({ worker }) => Number(worker)), edge: beside.edge })).toEqual([])
  } finally {
    await app.stop()
  }
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
