import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { handle } from '../handle'
import type { Health } from '../health'
import type { ProblemBody } from '../http/problem'
import { command, newLearner } from '../notebook/testing'
import { type TestContext, testContext } from '../testing/context'

/** The tests' real Postgres behind a wire that this test may cut, or let hang. */

let folder: string
let server: Server
let sockets: Set<Socket>
let hanging: boolean
let test: TestContext

const url = () => new URL(inject('services').postgres.url)
const SOCKET = '.s.PGSQL.5432'

async function connectWire(): Promise<void> {
  server = createServer((near) => {
    const far = connect(join(url().searchParams.get('host') ?? '', SOCKET))
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => hanging || to.write(chunk))
      from.on('close', () => to.destroy())
      from.on('error', () => to.destroy())
    }
  })
  await new Promise<void>((listening) => server.listen(join(folder, SOCKET), listening))
}
async function cutWire(): Promise<void> {
  const closed = new Promise((done) => server.close(done))
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  await closed
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hitrate-wire-'))
  sockets = new Set()
  hanging = false
  await connectWire()
  const through = url()
  through.searchParams.set('host', folder)
  test = testContext({ postgres: { ...inject('services').postgres, url: through.href } })
})
afterEach(async () => {
  await cutWire()
  await test.context.close()
  rmSync(folder, { recursive: true, force: true })
})

const send = (target: string) =>
  handle(new Request(`http://127.0.0.1:3000${target}`, { headers: { host: '127.0.0.1:3000' } }), test.context)
const postgres = async () =>
  ((await (await send('/healthz')).json()) as Health).services.find(({ id }) => id === 'postgres')

describe('with Postgres away', () => {
  it('says so, answers what is kept and what needs no Postgres, and comes back by itself', async () => {
    expect((await send('/api/tasks/3?cache=memory&lab=pg')).status).toBe(200)
    await cutWire()

    const refused = await send('/api/tasks/3?cache=none&lab=pg')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.headers.get('cache-status')).toBe('none; fwd=bypass; detail=postgres-unavailable')
    // The server keeps nothing of these, so that there is no cache to name.
    expect((await send('/api/tasks/3?cache=http&lab=pg')).headers.get('cache-status')).toBe(null)
    expect(((await refused.json()) as ProblemBody).code).toBe('postgres-unavailable')
    expect(await postgres()).toMatchObject({ answers: false })
    expect((await send('/api/tasks/3?cache=memory&lab=pg')).headers.get('cache-status')).toContain('memory; hit')
    expect((await send('/api/slow-value?delay=0')).status).toBe(200)

    const lab = test.context.labs.get('pg')
    expect(lab.counters.outcomes.error).toBe(2)
    expect(lab.log.since(0, 100).rows).toContainEqual(
      expect.objectContaining({ kind: 'error', tier: 'origin', detail: 'postgres-unavailable' }),
    )

    await connectWire()
    expect((await send('/api/tasks/3?cache=none&lab=pg')).status).toBe(200)
    expect(await postgres()).toMatchObject({ answers: true })
  })

  it('does not wait for ever for one that hangs', async () => {
    expect(await postgres()).toMatchObject({ answers: true })
    hanging = true
    expect(await postgres()).toMatchObject({ answers: false })
    expect((await send('/api/tasks/3?cache=none')).status).toBe(503)
  }, 120_000)

  it('opens new connections in place of those that hung when a transaction began', async () => {
    // As many as the pool has, twice: the first ten open its connections, and the second find them hanging.
    const write = () => test.context.notebook.patch(newLearner(), { put: [command('a')], drop: [] })
    const ten = () => Promise.allSettled(Array.from({ length: 10 }, write))
    expect((await ten()).map(({ status }) => status)).not.toContain('rejected')
    hanging = true
    expect((await ten()).map(({ status }) => status)).not.toContain('fulfilled')
    hanging = false
    await expect(write()).resolves.toBeUndefined()
  }, 120_000)
})
