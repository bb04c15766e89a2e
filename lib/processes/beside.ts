import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import { z } from 'zod'
import { type Command, supervise } from '../cli/child'
import { NEWS_MS } from './control'
import { readUnsent, type ToldBatch, toldBatch, type Unsent } from './told'

/** The variables in which a process beside the app gets its token, and the ports that it had before it was replaced. */
export const TOKEN_VARIABLE = 'HITRATE_CONTROL_TOKEN'
export const PORTS_VARIABLE = 'HITRATE_PORTS'

/** A first start reads all sources; a busy machine takes its time. */
const READY_MS = 30_000
/** How long we wait for the answer to a question for news. */
const ANSWER_MS = NEWS_MS + 5_000
/** Everything else is answered at once, or not at all. */
const ASK_MS = 2_000
/** After a question that had no answer. */
const AGAIN_MS = 50
/** How long a settling may take, should a batch have been lost on its way. */
const SETTLE_MS = 2_000

/** Where it listens: for everybody on this machine, and for the app alone. */
const ports = z.object({ open: z.array(z.int()), control: z.int() })
export type Ports = z.infer<typeof ports>
const readiness = ports.extend({ pid: z.int() })

/** The line by which a process says that it is ready. */
export const readyLine = (process: z.infer<typeof readiness>): string => `ready ${JSON.stringify(process)}`

/** The ports that the process before this one had; any that are free where there was none. */
export function readPorts(env: NodeJS.ProcessEnv): Ports {
  const text = env[PORTS_VARIABLE]
  return text ? ports.parse(JSON.parse(text)) : { open: [], control: 0 }
}

/** A process beside the app. One that dies is replaced, at the same addresses. */
export interface Beside {
  /** Of what it serves, in the order in which it opened them: `http://127.0.0.1:4001`. */
  addresses: readonly string[]
  /** Of the process that is there now. */
  pid(): number
  /** Whether it answers: not between its death and its replacement's readiness, nor while it hangs. */
  ready(): boolean
  /** How many times it was replaced. */
  restarts(): number
  /** Ask it; gives its JSON, or undefined where there is none. Rejects where it does not answer in 2 s. */
  ask(method: Method, path: string, query: Record<string, string>): Promise<unknown>
  /**
   * Has it do something to a lab. Resolves once it has, or has died, and with it everything it kept. Rejects if it doesn't
   * answer in 2 s; then that is the first thing it gets once it does, before it counts as ready.
   */
  insist(method: Method, path: string, query: { lab: string } & Record<string, string>): Promise<void>
  /** Resolves once all that it had to tell is told; if it died, once it's known what was lost. Rejects if it hangs. */
  settle(): Promise<void>
  /** End it as a crash would. It is replaced. */
  kill(): void
  stop(): Promise<void>
}

type Method = 'GET' | 'PUT' | 'DELETE'

/**
 * Starts a process beside the app, and passes on what it tells. One that dies, or hangs for ten seconds, is replaced.
 * @param parts.name what people call it.
 * @param parts.env its environment, to which a token is added.
 * @param parts.lost called with each lab of which it had something to tell when it died.
 * @throws ChildFailed if it doesn't start.
 */
export async function startBeside(parts: {
  name: string
  command: Command
  env: NodeJS.ProcessEnv
  told(batch: ToldBatch): void
  lost(lab: string): void
  log?: (line: string) => void
}): Promise<Beside> {
  const { name, command, told, lost, log } = parts
  const token = randomBytes(24).toString('hex')
  // The very object that each start reads: a replacement finds the ports of the first in it.
  const env: NodeJS.ProcessEnv = { ...parts.env, [TOKEN_VARIABLE]: token }
  const stopping = new AbortController()
  const news = followNews(told)
  let pool: Pool | undefined
  let process = { pid: 0, ready: false, starts: 0 }
  let late = false
  /** The last that it announced of each lab. */
  const unsent = new Map<string, Unsent>()
  /** What it was to do while it didn't answer. */
  const owed = new Map<string, () => Promise<unknown>>()
  /** The question for news that is open; and, of the one before this process, the reckoning of what was lost. */
  let asking: Promise<unknown> = Promise.resolve()
  let reckoned: Promise<unknown> = Promise.resolve()
  const child = await supervise({
    name,
    command: () => command,
    env,
    ready: /^ready (\{.*\})$/,
    readyMs: READY_MS,
    log,
    started(match) {
      const { pid, ...listening } = readiness.parse(JSON.parse(match[1] ?? ''))
      pool ??= new Pool(`http://127.0.0.1:${listening.control}`, { connections: 4 })
      env[PORTS_VARIABLE] = JSON.stringify(listening)
      process = { pid, ready: true, starts: process.starts + 1 }
      late = false
      // It keeps nothing yet.
      owed.clear()
    },
    ended(drained) {
      process = { ...process, ready: false }
      reckoned = Promise.allSettled([drained, asking]).then(() => {
        for (const [lab, last] of unsent) if (!news.has(last)) lost(lab)
        unsent.clear()
      })
    },
    line(line) {
      const found = readUnsent(line)
      if (found) unsent.set(found.lab, found)
    },
    async alive(signal) {
      await ask('GET', '/alive', {}, signal)
      for (const [key, pay] of owed) {
        await pay()
        owed.delete(key)
      }
    },
    late: () => (late = true),
    back: () => (late = false),
  })

  async function ask(
    method: Method,
    path: string,
    query: Record<string, string>,
    signal = AbortSignal.timeout(ASK_MS),
  ): Promise<unknown> {
    if (!pool) throw new Error(`${name} isn't there yet.`)
    const { statusCode, body } = await pool.request({
      method,
      path: `${path}?${new URLSearchParams(query)}`,
      headers: { authorization: `Bearer ${token}` },
      signal,
    })
    const text = await body.text()
    if (statusCode >= 300) throw new Error(`${name} answered ${statusCode}: ${text.slice(0, 200)}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const following = (async () => {
    while (!stopping.signal.aborted) {
      try {
        const question = ask(
          'GET',
          '/told',
          news.arrived(),
          AbortSignal.any([stopping.signal, AbortSignal.timeout(ANSWER_MS)]),
        )
        asking = question.then((batch) => news.take(toldBatch.parse(batch)))
        await asking
      } catch {
        // It died, or is being replaced: whoever does that says so.
        await wait(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
  })()

  return {
    addresses: readPorts(env).open.map((port) => `http://127.0.0.1:${port}`),
    pid: () => process.pid,
    ready: () => process.ready && !late,
    restarts: () => process.starts - 1,
    ask: (method, path, query) => ask(method, path, query),
    async insist(method, path, query) {
      const { starts } = process
      const key = `${method} ${path} ${query.lab} ${query.tier ?? ''}`
      const pay = () => ask(method, path, query)
      owed.set(key, pay)
      const deadline = AbortSignal.timeout(ASK_MS)
      while (process.ready && process.starts === starts) {
        try {
          await ask(method, path, query, deadline)
          if (owed.get(key) === pay) owed.delete(key)
          return
        } catch (cause) {
          if (deadline.aborted) throw new Error(`The ${name} has not answered for ${ASK_MS / 1000} s.`, { cause })
          // A connection that it had just closed, or its end, which is about to be known.
          await wait(AGAIN_MS)
        }
      }
    },
    async settle() {
      const { starts } = process
      try {
        const last = toldBatch
          .omit({ labs: true })
          .extend({ number: z.int() })
          .parse(await ask('PUT', '/flush', {}))
        const missing = wait(SETTLE_MS, 'missing', { ref: false })
        if ((await Promise.race([news.whole(last), missing])) === 'missing')
          throw new Error(`The ${name} told nothing.`)
      } catch (error) {
        // If it was killed just now, its end is about to be known.
        await wait(AGAIN_MS)
        if (process.ready && process.starts === starts) throw error
      }
      await reckoned
    },
    kill() {
      try {
        globalThis.process.kill(process.pid, 'SIGKILL')
      } catch {
        // It is dead already, which is what was wanted.
      }
    },
    async stop() {
      stopping.abort()
      await following
      await Promise.all([pool?.destroy(), child.stop()])
    },
  }
}

type BatchId = Pick<ToldBatch, 'process' | 'number'>

/** Takes batches, one after another, and knows which was the last. */
function followNews(told: (batch: ToldBatch) => void) {
  let last: BatchId = { process: '', number: 0 }
  const waiting = new Set<() => void>()
  /** Whether a batch has arrived. */
  const has = ({ process, number }: BatchId): boolean =>
    number === 0 || (process === last.process && number <= last.number)
  return {
    has,
    /** What the next question says of the answers so far. */
    arrived: () => ({ process: last.process, arrived: String(last.number) }),
    take(batch: ToldBatch) {
      // It may have been sent twice.
      if (has(batch)) return
      last = { process: batch.process, number: batch.number }
      told(batch)
      for (const look of waiting) look()
    },
    /** Resolves once a batch has arrived. */
    whole: (batch: BatchId) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!has(batch)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
