import { setTimeout as wait } from 'node:timers/promises'
import { guard } from '../http/guard'
import { toNodeListener } from '../http/node'
import { problem } from '../http/problem'
import { createHttpServer } from '../http/server'
import { CURRENCIES, type Currency, isCurrency, PER_DOLLAR } from './currencies'
import { latencies } from './latency'
import type { Quote } from './rates'

/**
 * The exchange-rate provider, simulated: a server of its own on loopback, off the app's event loop, as slow as one over
 * the internet. `rates-server.ts [port]`; without a port it takes a free one and prints it.
 */
const SEED = 0.42
const nextLatency = latencies(SEED)

/** How far a rate swings around its middle, and how long one swing takes: slow enough to believe, seen in a lesson. */
const SWING = 0.004
const SWING_MS = 10 * 60_000

async function answer(request: Request): Promise<Response> {
  const refused = guard(request)
  if (refused) throw refused
  const url = new URL(request.url)
  if (url.pathname === '/health') return Response.json({ ok: true })
  if (url.pathname !== '/rates') {
    throw problem('unknown-path', { parameter: 'path', given: url.pathname, accepted: '/rates, /health' })
  }
  if (request.method !== 'GET') {
    throw problem(
      'method-not-allowed',
      { parameter: 'method', given: request.method, accepted: 'GET' },
      {
        headers: { allow: 'GET' },
      },
    )
  }
  const base = currency(url, 'base')
  const target = currency(url, 'target')
  await wait(nextLatency(), undefined, { signal: request.signal })
  return Response.json(quoteAt(base, target, Date.now()), { headers: { 'cache-control': 'no-store' } })
}

function currency(url: URL, parameter: 'base' | 'target'): Currency {
  const given = url.searchParams.get(parameter)
  if (isCurrency(given)) return given
  throw problem('invalid-parameter', { parameter, given: given ?? '', accepted: CURRENCIES.join(', ') })
}

function quoteAt(base: Currency, target: Currency, now: number): Quote {
  const rate = perDollar(target, now) / perDollar(base, now)
  return { base, target, rate: Number(rate.toPrecision(6)), quotedAt: new Date(now).toISOString() }
}

/** The dollar is the measure of the others and does not move; they swing, each from another start. */
function perDollar(code: Currency, now: number): number {
  if (code === 'USD') return 1
  const phase = CURRENCIES.indexOf(code)
  return PER_DOLLAR[code] * (1 + SWING * Math.sin((2 * Math.PI * now) / SWING_MS + phase))
}

const server = createHttpServer(toNodeListener(answer))
// A client whose socket it had just closed would see a failure that no lesson means.
server.keepAliveTimeout = 65_000
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') console.log(`listening on port ${address.port}`)
})
