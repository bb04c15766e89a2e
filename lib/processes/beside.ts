import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import { z } from 'zod'
import { type Command, supervise } from '../cli/child'
import { type ToldBatch, toldBatch } from './told'

/** The variables in which a process beside the app gets its token, and the ports that it had before it was replaced. */
export const TOKEN_VARIABLE = 'HITRATE_CONTROL_TOKEN'
export const PORTS_VARIABLE = 'HITRATE_PORTS'

/** A first start reads all sources; a busy machine takes its time. */
const READY_MS = 30_000
/** How long one question for news is held open by the other side, and how long we wait for its answer. */
const NEWS_MS = 10_000
const ANSWER_MS = 15_000
/** Everything else is answered at once, or not at all. */
const ASK_MS = 2_000
/** After a question that had no answer. */
const AGAIN_MS = 50
/** How long a settling may take, should a batch have been lost on its way. */
const SETTLE_MS = 1_000

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
  /** Whether it is there: not between its death and its replacement's readiness. */
  ready(): boolean
  /** How many times it was replaced. */
  restarts(): number
  /** Ask it; gives its JSON, or undefined where there is none. Rejects where it does not answer in 2 s. */
  ask(method: 'GET' | 'PUT' | 'DELETE', path: string, query: Record<string, string>): Promise<unknown>
  /** Resolves once all that it had to tell is told; at once where it is away. Never rejects. */
  settle(): Promise<void>
  /** End it as a crash would. It is replaced. */
  kill(): void
  stop(): Promise<void>
}

/**
 * Start a process beside the app, and pass on what it tells.
 * @param name what people call it.
 * @param env its environment, to which a token is added.
 * @throws ChildFailed where it does not start.
 */
export async function startBeside(parts: {
  name: string
  command: Command
  env: NodeJS.ProcessEnv
  told(batch: ToldBatch): void
  log?: (line: string) => void
}): Promise<Beside> {
  const { name, command, told, log } = parts
  const token = randomBytes(24).toString('hex')
  // The very object that each start reads: a replacement finds the ports of the first in it.
  const env: NodeJS.ProcessEnv = { ...parts.env, [TOKEN_VARIABLE]: token }
  let process = { pid: 0, ready: false, starts: 0 }
  const child = await supervise({
    name,
    command: () => command,
    env,
    ready: /^ready (\{.*\})$/,
    readyMs: READY_MS,
    log,
    started(match) {
      const { pid, ...listening } = readiness.parse(JSON.parse(match[1] ?? ''))
      env[PORTS_VARIABLE] = JSON.stringify(listening)
      process = { pid, ready: true, starts: process.starts + 1 }
    },
    ended() {
      process = { ...process, ready: false }
    },
  })
  const { open, control } = readPorts(env)
  const pool = new Pool(`http://127.0.0.1:${control}`, { connections: 4 })
  const stopping = new AbortController()
  const news = followNews(told)

  async function ask(
    method: 'GET' | 'PUT' | 'DELETE',
    path: string,
    query: Record<string, string>,
    timeoutMs = ASK_MS,
  ): Promise<unknown> {
    const { statusCode, body } = await pool.request({
      method,
      path: `${path}?${new URLSearchParams(query)}`,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(timeoutMs)]),
    })
    const text = await body.text()
    if (statusCode >= 300) throw new Error(`${name} answered ${statusCode}: ${text.slice(0, 200)}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const following = (async () => {
    while (!stopping.signal.aborted) {
      try {
        news.take(toldBatch.parse(await ask('GET', '/told', { wait: String(NEWS_MS) }, ANSWER_MS)))
      } catch {
        // It died, or is being replaced: whoever does that says so.
        await wait(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
  })()

  return {
    addresses: open.map((port) => `http://127.0.0.1:${port}`),
    pid: () => process.pid,
    ready: () => process.ready,
    restarts: () => process.starts - 1,
    ask: (method, path, query) => ask(method, path, query),
    async settle() {
      try {
        const batch = toldBatch.parse(await ask('GET', '/told', { wait: '0' }))
        news.take(batch)
        await Promise.race([news.whole(batch), wait(SETTLE_MS, undefined, { ref: false })])
      } catch {
        // One that is away has told what it could.
      }
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
      await Promise.all([pool.destroy(), child.stop()])
    },
  }
}

/** Take batches, which may come on two connections and not in their order, and know when none is missing. */
function followNews(told: (batch: ToldBatch) => void) {
  let life = { process: '', taken: 0 }
  const waiting = new Set<() => void>()
  return {
    take(batch: ToldBatch) {
      if (batch.process !== life.process) life = { process: batch.process, taken: 0 }
      life.taken += 1
      told(batch)
      for (const look of waiting) look()
    },
    /** Resolves once all batches up to this one were taken. */
    whole: ({ process, number }: ToldBatch) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (life.process === process && life.taken < number) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
