import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inject } from 'vitest'
import { type Context, openContext } from '../context'
import { handle } from '../handle'
import { toNodeListener } from '../http/node'
import { pathPattern } from '../http/path-pattern'
import type { LabEntries, Tier } from '../lab/entries'
import type { LabCounters, LabEvent } from '../lab/events'
import { IDLE_MS } from '../lab/labs'
import { processCommands } from '../processes/commands'
import { type Clock, type Outcome, systemClock } from '../reading'
import { openRedis } from '../redis/client'
import { resources } from '../resources'
import type { Explanation } from '../resources/explain'
import { type Answer, openClient, type VirtualClient } from '../runs/client'
import { planRun, type RunRequest } from '../runs/config'
import { loadHistograms } from '../runs/histogram'
import { outcomeOf } from '../runs/outcome'
import { rehearse } from '../runs/rehearse'
import type { Report } from '../runs/report'
import { reportOf } from '../runs/run'
import { generateHere } from '../runs/testing'
import { type BenchClock, benchClock } from './bench-clock'
import { REDIS_PATIENCE_MS } from './context'

/** What the cache of one {@link Bench.browser} may hold. */
const BROWSER_BYTES = 16 * 1024 * 1024

/** The processes beside the app that a bench can ask. They have the time of this machine, and not that of the bench. */
export type BenchTarget = 'edge' | 'careless' | 'worker-1' | 'worker-2'

/** An answer, and what it was an answer to. */
export interface BenchAnswer {
  /** The resource's id and the strategy; empty where the address is no resource's. */
  resource: string
  strategy: string
  /** Who was asked: the app itself, or a process beside it. */
  to: BenchTarget | 'app'
  /** Header fields that were sent along. */
  asked: Record<string, string>
  status: number
  outcome: Outcome
  /** A header field, empty where there is none. */
  header(name: string): string
  text: string
  /** The body, where it is JSON. */
  body: unknown
  roundTripMs: number
}

/**
 * A lab of one test's own, on the app's real handler with a real Redis, Postgres and rate provider. Time stands still
 * but in `run`, so that what a TTL does can be told to the millisecond.
 */
export interface Bench {
  /** Send a request through the handler; `lab=` is added. `init` may make it another than a GET. */
  get(path: string, init?: RequestInit): Promise<BenchAnswer>
  patch(path: string, body: object): Promise<BenchAnswer>
  /** Let so many milliseconds go by. The lab does not idle out meanwhile. */
  advance(ms: number): void
  /**
   * A real load run over HTTP to its end, by the app's own load generator, while time passes. Rejects where it does not
   * end in good order. What is left out has the app's default; it starts cold.
   */
  run(config: Omit<RunRequest, 'lab'>): Promise<Report>
  /** How Postgres goes about the list of an owner: `GET /api/explain`. */
  explain(query?: { owner?: number; plan?: string; columns?: string }): Promise<Explanation>
  /** What the lab has counted, all rows of its log from the start on, and what it keeps. */
  lab(): Promise<LabEntries & { counters: LabCounters; log: readonly LabEvent[] }>
  /** Empty the lab, or one tier of it. */
  empty(tier?: Tier): Promise<void>
  /** Take Redis away from this lab, or give it back. */
  redis(state: 'ok' | 'away'): Promise<void>
  /** A reader with an HTTP cache of its own, as a browser has: a hit is a request that never left it. */
  browser(): { get(path: string): Promise<Answer> }
  /** A process beside the app, started where it is not there. What it answers is among `answers`, too. */
  at(target: BenchTarget): Pick<Bench, 'get' | 'patch'>
  /** All that the processes beside the app have to tell of this lab is told. */
  settle(): Promise<void>
  /** Another process of the app, for the same lab: Redis and Postgres are shared, memory is not. */
  otherProcess(): Pick<Bench, 'get'>
  /** All answers to `get` so far, oldest first. */
  answers: readonly BenchAnswer[]
}

/** Where benches stand: one app for all tests of a file. */
export interface Benches {
  /** Have a test work on a lab of its own. */
  use<T>(work: (bench: Bench) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Open an app on a port of its own, over the tests' Redis, Postgres and rate provider. */
export async function openBenches(): Promise<Benches> {
  await loadHistograms()
  const clock = benchClock()
  const contexts: Context[] = []
  const server = createServer(toNodeListener((request) => handle(request, context)))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const open = () => {
    const services = inject('services')
    const opened = openContext(
      { address, hosts: [], ...services, commands: processCommands() },
      { clock, wait: clock.wait, redis: openRedis(services.redis, REDIS_PATIENCE_MS), spawn: generateHere },
    )
    contexts.push(opened)
    return opened
  }
  const context = open()
  await rehearse({
    run: 'rehearsal',
    addresses: [address],
    paths: [],
    cached: true,
    config: planRun({ resource: 'slow-value', strategy: 'none' }, 'rehearsal').config,
  })

  return {
    async use(work) {
      const clients: VirtualClient[] = []
      try {
        return await work(openBench({ address, clock, context, open, clients }))
      } finally {
        for (const client of clients) await client.destroy()
      }
    },
    async close() {
      for (const each of contexts) await each.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function openBench(parts: {
  address: string
  clock: BenchClock
  context: Context
  open: () => Context
  clients: VirtualClient[]
}): Bench {
  const { address, clock, context, open, clients } = parts
  const name = `bench-${randomUUID()}`
  const lab = () => context.labs.get(name)
  const log: LabEvent[] = []
  lab().follow((evidence) => {
    if (evidence.kind === 'row') log.push(evidence.row)
  })
  const answers: BenchAnswer[] = []

  const urlOf = (path: string) => {
    const url = new URL(path, address)
    url.searchParams.set('lab', name)
    return url
  }
  const senderTo = (process: Context) => async (path: string, init?: RequestInit) => {
    const url = urlOf(path)
    const headers = new Headers(init?.headers)
    headers.set('host', url.host)
    const answer = await answered({ url, to: 'app', init }, context.clock, () =>
      handle(new Request(url, { ...init, headers }), process),
    )
    answers.push(answer)
    return answer
  }
  const senderAt = (target: BenchTarget) => async (path: string, init?: RequestInit) => {
    const { pathname, search } = urlOf(path)
    const url = new URL((await addressOf(context, target)) + pathname + search)
    const answer = await answered({ url, to: target, init }, systemClock, () => fetch(url, init))
    answers.push(answer)
    return answer
  }
  const get = senderTo(context)
  const withBody = (path: string, method: string, body: object) => get(path, jsonOf(method, body))
  const well = ({ status, text }: BenchAnswer) => {
    if (status >= 300) throw new Error(`answered ${status}: ${text}`)
  }

  return {
    get,
    patch: (path, body) => withBody(path, 'PATCH', body),
    advance(ms) {
      for (let left = ms; left > 0; left -= IDLE_MS / 2) {
        clock.advance(Math.min(left, IDLE_MS / 2))
        lab()
      }
    },
    async run(config) {
      const plan = planRun(config, name)
      const stop = clock.flow()
      const run = context.runs.start(plan)
      await new Promise<void>((over) => {
        const leave = lab().join((event, data) => {
          if (event !== 'report' || (data as Report).run !== run.id) return
          leave()
          over()
        })
      })
      stop()
      if (run.status !== 'done') throw new Error(`the run is ${run.status}: ${run.reason ?? 'no reason given'}`)
      return reportOf(run)
    },
    async explain(query = {}) {
      const answer = await get(
        `/api/explain?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, `${v}`]))}`,
      )
      well(answer)
      return answer.body as Explanation
    },
    lab: async () => ({ ...(await lab().entries()), counters: structuredClone(lab().counters), log: [...log] }),
    empty: (tier) => lab().clear(tier),
    redis: async (state) => well(await withBody('/api/lab/faults', 'PUT', { redis: state })),
    browser() {
      const client = openClient([address], BROWSER_BYTES)
      clients.push(client)
      const pathOf = ({ pathname, search }: URL) => pathname + search
      return { get: (path) => client.ask(pathOf(urlOf(path)), {}) }
    },
    at: (target) => {
      const sent = senderAt(target)
      return { get: sent, patch: (path, body) => sent(path, jsonOf('PATCH', body)) }
    },
    async settle() {
      const { hosts, states } = context.processes
      const { edge, workers } = states()
      const there = workers.length
      if (edge) await (await hosts.open({ via: 'edge', host: 'next' })).settle()
      if (there > 0) await (await hosts.open({ via: 'direct', host: 'workers', workers: there })).settle()
    },
    otherProcess: () => ({ get: senderTo(open()) }),
    answers,
  }
}

const jsonOf = (method: string, body: object): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})

async function addressOf({ processes }: Context, target: BenchTarget): Promise<string> {
  if (target === 'edge' || target === 'careless') {
    const { address, careless } = await processes.openEdge()
    return target === 'edge' ? address : careless
  }
  const number = Number(target.slice('worker-'.length))
  return (await processes.workers.open(number))[number - 1]?.addresses[0] ?? ''
}

async function answered(
  { url, to, init }: { url: URL; to: BenchAnswer['to']; init: RequestInit | undefined },
  clock: Clock,
  respond: () => Promise<Response>,
): Promise<BenchAnswer> {
  const start = clock.elapsed()
  const response = await respond()
  const text = await response.text()
  const resource = resources.find(({ id }) => pathPattern(`/api/${id}`).test(url.pathname))
  return {
    resource: resource?.id ?? '',
    strategy: resource ? (url.searchParams.get('cache') ?? resource.strategy) : '',
    to,
    asked: Object.fromEntries(new Headers(init?.headers)),
    status: response.status,
    outcome: outcomeOf(response.status, response.headers.get('cache-status') ?? ''),
    header: (name) => response.headers.get(name) ?? '',
    text,
    body: parsed(text),
    roundTripMs: clock.elapsed() - start,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A 204 or 304 has no body, and none is asked for.
    return undefined
  }
}
