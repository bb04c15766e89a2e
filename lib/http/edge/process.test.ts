import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { type Context, openContext } from '../../context'
import { handle } from '../../handle'
import { labEntries } from '../../lab/entries'
import type { LabEvent } from '../../lab/events'
import { processCommands } from '../../processes/commands'
import { processStates } from '../../processes/routes'
import { planRun, type RunRequest } from '../../runs/config'
import { isOver } from '../../runs/run'
import { spawnFromSource } from '../../runs/spawn-from-source'
import { toNodeListener } from '../node'

/** The app at a port of its own, on the real clock, with its edge in front of it. */
let context: Context
const server = createServer(toNodeListener((request) => handle(request, context)))
let address = ''
let edge = ''
let careless = ''

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  context = openContext(
    { address, hosts: [], ...inject('services'), commands: processCommands() },
    { spawn: spawnFromSource },
  )
  const { edge: state } = processStates.parse(await (await fetch(`${address}/api/edge`, { method: 'PUT' })).json())
  edge = state?.address ?? ''
  careless = state?.careless ?? ''
}, 120_000)
afterAll(async () => {
  await context.close()
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

async function get(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(url, { headers, method })
  const text = await response.text()
  return { status: response.status, text, header: (name: string) => response.headers.get(name) ?? '' }
}
/** All that the edge had to tell is told. */
const settled = () => context.processes.hosts.open({ via: 'edge', host: 'next' }).then(({ settle }) => settle())

async function run(config: Partial<RunRequest> & Pick<RunRequest, 'resource' | 'strategy' | 'lab'>) {
  const started = context.runs.start(planRun({ via: 'edge', ...config }, 'unnamed'))
  await vi.waitFor(() => expect(isOver(started)).toBe(true), { timeout: 60_000, interval: 20 })
  const state = await context.runs.state(started.id)
  if (!state) throw new Error('the run is not held')
  return state
}

describe('the edge of the app', () => {
  it('answers the second request without the app', async () => {
    const path = '/api/public/config?cache=s-maxage&ttl=60&lab=e-twice'
    const [first, second] = [await get(edge + path), await get(edge + path)]
    expect(first.header('cache-status')).toMatch(/^edge; fwd=uri-miss.*stored/)
    expect(second.header('cache-status')).toMatch(/^edge; hit; ttl=\d+$/)
    expect(second.header('server-timing')).toMatch(/^edge;dur=[\d.]+$/)
    expect(second.text).toBe(first.text)
  })

  it('is told of in the lab: rows, exact counters, and what it keeps, which the lab can empty', async () => {
    const rows: LabEvent[] = []
    const lab = context.labs.get('e-told')
    lab.follow((evidence) => evidence.kind === 'row' && rows.push(evidence.row))
    const path = '/api/public/config?cache=s-maxage&ttl=60&lab=e-told'
    for (let i = 0; i < 3; i += 1) await get(edge + path)
    await settled()
    expect(lab.totals()).toMatchObject({ requests: 3, originCalls: 1, outcomes: { miss: 1, hit: 2 }, stores: 1 })
    expect(rows.filter(({ kind }) => kind === 'hit')).toEqual(
      Array.from(
        { length: 2 },
        () =>
          expect.objectContaining({
            worker: expect.stringMatching(/^edge-\d+$/) as string,
            strategy: 's-maxage',
            outside: true,
          }) as LabEvent,
      ),
    )

    const listed = async () => labEntries.parse(JSON.parse((await get(`${address}/api/lab/entries?lab=e-told`)).text))
    const { entries, total } = await listed()
    expect(total.edge).toBe(1)
    expect(entries).toEqual([
      expect.objectContaining({ tier: 'edge', resource: 'public/config', strategy: 's-maxage' }),
    ])
    await get(`${address}/api/lab/entries?lab=e-told`, {}, 'DELETE')
    expect((await listed()).total.edge).toBe(0)
    expect((await get(edge + path)).header('cache-status')).toContain('fwd=uri-miss')
  })

  it('counts what a page asks through the app as the app’s own, and refuses pages that ask it directly', async () => {
    const path = '/api/public/config?cache=s-maxage&ttl=60&lab=e-pages'
    const rows: LabEvent[] = []
    context.labs.get('e-pages').follow((evidence) => evidence.kind === 'row' && rows.push(evidence.row))
    // As the app forwards it. The app counts the miss, the edge the hit.
    const asForwarded = () => get(edge + path, { 'sec-fetch-site': 'same-origin' })
    for (const outcome of ['fwd=uri-miss', 'hit']) {
      expect((await asForwarded()).header('cache-status')).toContain(outcome)
    }
    await settled()
    expect(rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['miss', 'hit']))
    expect(rows.filter(({ outside }) => outside)).toEqual([])
    expect((await get(edge + path, { origin: address, 'sec-fetch-site': 'same-site' })).status).toBe(403)
  })

  it('keeps what belongs to one reader to itself, whatever the strategy', async () => {
    const path = '/api/tasks/5?cache=stale-while-revalidate&ttl=60&lab=e-private'
    await get(edge + path)
    expect((await get(edge + path)).header('cache-status')).not.toContain('edge; hit')
  })

  it('answers by the fields that the answer varies by; the careless one does not, and replays cookies', async () => {
    const path = '/api/welcome?cookie=set&cache=s-maxage&ttl=60&lab=e-vary'
    const ask = async (base: string, language: string) => {
      const { text, header } = await get(base + path, {
        'accept-language': language,
        'x-forwarded-host': 'evil.example',
      })
      return { ...(JSON.parse(text) as { language: string }), cookie: header('set-cookie') }
    }
    const well = [await ask(edge, 'ko'), await ask(edge, 'de')]
    expect(well.map(({ language }) => language)).toEqual(['ko', 'de'])
    const badly = [await ask(careless, 'ko'), await ask(careless, 'de')]
    expect(badly.map(({ language }) => language)).toEqual(['ko', 'ko'])
    expect(badly[1]?.cookie).toBe(badly[0]?.cookie)
    expect(badly[0]?.cookie).toContain('visitor=')
  })

  it('makes one call of a stampede, and counts it for the run', { timeout: 60_000 }, async () => {
    const { status, report } = await run({
      resource: 'slow-value',
      strategy: 's-maxage',
      lab: 'e-stampede',
      requests: 200,
      connections: 200,
    })
    expect(status).toBe('done')
    expect(report.originCalls).toBe(1)
    expect(report.outcomes.coalesced + report.outcomes.hit).toBe(199)
    expect(report.ageMs).not.toBeNull()
  })

  it('is replaced at the same address when it crashes, and a run through it goes on', async () => {
    const load = { resource: 'public/config', strategy: 's-maxage', lab: 'e-crash', mode: 'open', rate: 50 } as const
    const started = context.runs.start(planRun({ via: 'edge', ...load, durationMs: 60_000 }, 'unnamed'))
    const counted = () => context.labs.get('e-crash').totals()
    await expect.poll(() => counted().requests).toBeGreaterThan(5)
    expect((await get(`${address}/api/edge/crash`, {}, 'POST')).status).toBe(204)
    // Its memory is gone: the replacement asks the origin once more, and answers.
    await expect.poll(() => counted().originCalls).toBeGreaterThan(1)
    await context.runs.stop(started.id)
    const { report } = (await context.runs.state(started.id)) ?? {}
    expect(report?.errors).toBeGreaterThan(0)
    expect(report?.requests).toBeGreaterThan(report?.errors ?? 0)
    expect(context.processes.states().edge).toMatchObject({ address: edge, ready: true, restarts: 1 })
  })
})

it('leaves no edge behind when the app closes', { timeout: 60_000 }, async () => {
  const own = openContext({ address, hosts: [], ...inject('services'), commands: processCommands() })
  const { address: at } = await own.processes.openEdge()
  const worker = (await get(`${at}/healthz`)).header('via')
  expect(worker).toContain('edge')
  await own.close()
  await expect(fetch(at)).rejects.toThrow()
})
