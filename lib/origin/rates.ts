import { Pool } from 'undici'
import { z } from 'zod'
import type { ServiceAddress } from '../settings'

/** Each of connecting, waiting for the answer and reading it may take this long. */
const TIMEOUT_MS = 2_000
const PING_MS = 500
/** The provider is asked by misses alone; this many at once are plenty. */
const CONNECTIONS = 64

const quote = z.object({
  base: z.string(),
  target: z.string(),
  /** What one unit of `base` costs in `target`. */
  rate: z.number(),
  /** When the provider made it, ISO 8601. */
  quotedAt: z.string(),
})
export type Quote = z.infer<typeof quote>

/** The exchange-rate provider, a server of its own. */
export interface Rates {
  /** @throws Error, with its cause, where the provider is away, too slow, or answers with anything but a quote. */
  get(base: string, target: string): Promise<Quote>
  /** Whether it answers now. Takes 500 ms at most and never rejects. */
  ping(): Promise<boolean>
  close(): Promise<void>
}

/** Open a client. It connects when first used. */
export function openRates(address: ServiceAddress): Rates {
  const pool = new Pool(address.url, {
    connections: CONNECTIONS,
    connect: { timeout: TIMEOUT_MS },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  })
  return {
    async get(base, target) {
      try {
        const path = `/rates?${new URLSearchParams({ base, target })}`
        const { statusCode, body } = await pool.request({ method: 'GET', path })
        const answer = await body.text()
        if (statusCode !== 200) throw new Error(`it answered ${statusCode}: ${answer.slice(0, 200)}`)
        return quote.parse(JSON.parse(answer))
      } catch (cause) {
        throw new Error(`No rate of ${base} in ${target} from the provider`, { cause })
      }
    },
    async ping() {
      try {
        const signal = AbortSignal.timeout(PING_MS)
        const { statusCode, body } = await pool.request({ method: 'GET', path: '/health', signal })
        await body.dump()
        return statusCode === 200
      } catch {
        return false
      }
    },
    async close() {
      // `destroy`, not `close`: that would wait for the answers under way.
      await pool.destroy()
    },
  }
}
