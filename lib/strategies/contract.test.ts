import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../context'
import { handle } from '../handle'
import { NEVER } from '../reading'
import { faultSwitch, withFaults } from '../redis/faults'
import { redisStore } from '../redis/store'
import { resources } from '../resources'
import type { Resource } from '../resources/resource'
import { type TestContext, testContext } from '../testing/context'
import { type StrategyId, strategies, strategyById } from '.'
import { memberOf, type Strategy } from './strategy'

/**
 * What every strategy promises, asked of each over HTTP's own shapes, with a real Redis and a real Postgres. Only the
 * clock is fake. What a strategy does otherwise is named here with its reason.
 */
const KEEPS_NOTHING: Record<string, string> = {
  none: 'it is the absence of a cache',
  http: 'the client keeps the answer, not the server: the server confirms it with a 304',
  'no-cache': 'as http does, and the client asks before each use',
  's-maxage': 'as http does, and a shared cache before all others',
  'stale-while-revalidate': 'as http does, and HTTP caches past its date',
  'cdn-cache-control': 'as http does, and a shared cache before all others',
}
const KEEPS_FOR_EVER: Record<string, string> = {
  lru: 'an LRU without a TTL never expires: entries go by eviction or by a write',
}
/** What answers say to HTTP caches, where ttl is 10. A private one grants a shared cache nothing. */
const CACHE_CONTROL: Record<StrategyId, { public: string; private: string }> = {
  none: { public: 'no-store', private: 'no-store' },
  memory: { public: 'no-store', private: 'no-store' },
  lru: { public: 'no-store', private: 'no-store' },
  redis: { public: 'no-store', private: 'no-store' },
  'redis-ttl-only': { public: 'no-store', private: 'no-store' },
  'redis-write-through': { public: 'no-store', private: 'no-store' },
  'redis-versioned': { public: 'no-store', private: 'no-store' },
  http: { public: 'public, max-age=10', private: 'private, max-age=10' },
  'no-cache': { public: 'public, no-cache', private: 'private, no-cache' },
  's-maxage': { public: 'public, max-age=0, s-maxage=10', private: 'private, max-age=0' },
  'stale-while-revalidate': {
    public: 'public, max-age=10, stale-while-revalidate=100, stale-if-error=600',
    private: 'private, max-age=10, stale-while-revalidate=100, stale-if-error=600',
  },
  'cdn-cache-control': { public: 'public, no-cache', private: 'private, no-cache' },
}
const CDN_CACHE_CONTROL: Record<string, { public: string | null; private: string | null }> = {
  'cdn-cache-control': { public: 'max-age=10', private: null },
}

/** Readers who ask at the same moment. */
const CROWD = 20

let test: TestContext
let context: Context
let labs = 0
beforeAll(() => {
  test = testContext()
  context = test.context
})
afterAll(() => context.close())

const pathOf = (resource: Resource, n = 0): string => {
  const values = resource.keys?.nth(n) ?? {}
  const query = new URLSearchParams()
  const path = resource.id.replace(/\{(\w+)\}/, (_, name: string) => String(values[name]))
  for (const [name, value] of Object.entries(values))
    if (resource.params[name]?.in === 'query') query.set(name, String(value))
  if ('delay' in resource.params) query.set('delay', '0')
  return `/api/${path}?${query}`
}

const strategyOf = (id: StrategyId): Strategy<StrategyId> => {
  const strategy = strategyById(id)
  if (!strategy) throw new Error(`no strategy ${id}`)
  return strategy
}

/** A client of one strategy in a lab of its own. */
function visitor(strategy: Strategy<StrategyId>, resource: Resource, lab = `contract-${++labs}`) {
  const ask = async (headers: Record<string, string> = {}, n = 0, method = 'GET') => {
    const url = `http://127.0.0.1:3000${pathOf(resource, n)}&cache=${strategy.id}&ttl=10&lab=${lab}`
    const request = new Request(url, { method, headers: { host: '127.0.0.1:3000', ...headers } })
    const response = await handle(request, context)
    return { response, body: await response.text(), status: response.headers.get('cache-status') ?? '' }
  }
  return { ask, lab: () => context.labs.get(lab) }
}

const cases: { strategy: Strategy<StrategyId>; resource: Resource }[] = strategies.flatMap((strategy) =>
  resources.map((resource) => ({ strategy, resource })),
)
const keeping = cases.filter(({ strategy }) => !(strategy.id in KEEPS_NOTHING))
const dated = keeping.filter(({ strategy }) => !(strategy.id in KEEPS_FOR_EVER))

describe.each(cases)('$strategy.id on $resource.id', ({ strategy, resource }) => {
  it('carries all headers of the contract', async () => {
    const { response, status } = await visitor(strategy, resource).ask()
    expect(response.status).toBe(200)
    const cache = memberOf(strategy)
    expect(status).toMatch(cache === undefined ? /^$/ : new RegExp(`^${cache}; fwd=(miss|bypass)`))
    expect(response.headers.get('server-timing')).toMatch(/origin;dur=[\d.]+.*handler;dur=[\d.]+$/)
    expect(response.headers.get('cache-control')).toBe(CACHE_CONTROL[strategy.id][resource.scope])
    expect(response.headers.get('cdn-cache-control')).toBe(CDN_CACHE_CONTROL[strategy.id]?.[resource.scope] ?? null)
    expect(response.headers.get('x-worker')).toBe(String(process.pid))
    expect(response.headers.get('x-version')).toMatch(/^[1-9]\d*$/)
    expect(response.headers.has('etag')).toBe(strategy.http)
  })

  it('gives concurrent readers the same response, and calls the origin for each: none of them waits for another', async () => {
    const { ask, lab } = visitor(strategy, resource)
    const answers = await Promise.all(Array.from({ length: CROWD }, () => ask()))
    const [first] = answers
    expect(new Set(answers.map(({ response }) => response.status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ body }) => body))).toEqual(new Set([first?.body]))
    expect(new Set(answers.map(({ response }) => response.headers.get('x-version')))).toHaveProperty('size', 1)
    // All of them look before the first has stored: in this process, and on the one connection to Redis.
    expect(lab().counters).toMatchObject({
      requests: CROWD,
      originCalls: CROWD,
      outcomes: { [strategy.id === 'none' ? 'bypass' : 'miss']: CROWD },
    })

    const next = await ask()
    expect(next.body).toBe(first?.body)
    const keeps = !(strategy.id in KEEPS_NOTHING)
    expect(lab().counters).toMatchObject({ originCalls: keeps ? CROWD : CROWD + 1, outcomes: { hit: keeps ? 1 : 0 } })
  })

  it('answers HEAD with the headers of GET and no body', async () => {
    const { response, body } = await visitor(strategy, resource).ask({}, 0, 'HEAD')
    expect(response.status).toBe(200)
    expect(response.headers.has('server-timing')).toBe(true)
    expect(body).toBe('')
  })
})

describe.each(dated)('$strategy.id keeps $resource.id for its TTL', ({ strategy, resource }) => {
  it('misses, then hits within the TTL, then calls the origin again after it', async () => {
    const { ask, lab } = visitor(strategy, resource)
    const first = await ask()
    expect(first.status).toMatch(/fwd=miss; stored; ttl=10$/)

    test.clock.advance(9_999)
    const second = await ask()
    expect(second.status).toBe(`${memberOf(strategy)}; hit; ttl=0`)
    expect(second.body).toBe(first.body)
    expect(second.response.headers.get('x-version')).toBe(first.response.headers.get('x-version'))
    expect(second.response.headers.get('age')).toBe('9')
    expect(second.response.headers.get('server-timing')).not.toContain('origin')
    expect(lab().counters.originCalls).toBe(1)

    test.clock.advance(1)
    const third = await ask()
    expect(third.status).toMatch(/fwd=(stale|miss); stored; ttl=10$/)
    expect(third.response.headers.has('age')).toBe(false)
    expect(lab().counters).toMatchObject({ originCalls: 2, outcomes: { hit: 1, miss: 2 } })
    const kinds = lab()
      .log.since(0, 100)
      .rows.map(({ kind }) => kind)
    expect(kinds).toEqual(['origin', 'store', 'miss', 'hit', 'expiry', 'origin', 'store', 'miss'])
  })
})

describe.each(keeping)('$strategy.id keeps $resource.id', ({ strategy, resource }) => {
  it('keeps two labs apart', async () => {
    const one = visitor(strategy, resource)
    const other = visitor(strategy, resource)
    await one.ask()
    expect((await other.ask()).status).toContain('fwd=miss')
    await one.lab().clear()
    expect((await other.ask()).status).toContain('hit')
    expect((await one.ask()).status).toContain('fwd=miss')
  })

  it('lists its entries, and forgets them when the lab is emptied', async () => {
    const { ask, lab } = visitor(strategy, resource)
    await ask()
    const { entries } = await lab().entries()
    expect(entries).toEqual([
      expect.objectContaining({
        tier: memberOf(strategy),
        strategy: strategy.id,
        resource: resource.id,
        expiresAt: strategy.expires ? test.clock.now() + 10_000 : NEVER,
      }),
    ])
    await lab().clear()
    expect((await lab().entries()).entries).toEqual([])
  })

  it('does with what was written, and is not known, what its policy says', async () => {
    const { ask, lab } = visitor(strategy, resource)
    await ask()
    const key = (await lab().entries()).entries[0]?.key ?? ''
    const reader = lab().reader(strategy.id, resource)
    const keeps = strategy.writes === 'ttl only'
    expect(await reader.onWrite(key, {})).toEqual(
      keeps ? [] : [expect.objectContaining({ tier: memberOf(strategy), result: 'invalidated', key })],
    )
    expect((await ask()).status).toContain(keeps ? 'hit' : 'fwd=miss')
    expect(await reader.onWrite('never/seen', {})).toEqual([])
  })
})

describe.each(strategies.filter(({ id }) => !(id in KEEPS_NOTHING)))('$id, whatever the value', ({ id, create }) => {
  const make = () => create({ clock: test.clock, capacity: 2, redis: test.redisStore(`contract-${++labs}:${id}:`) })

  it.each([[null], [0], [''], [false]])('keeps %j like any other', async (value) => {
    const reader = make()
    let calls = 0
    const load = async () => {
      calls += 1
      return { value, version: 1 }
    }
    await reader.read('key', load, { ttlMs: 1_000 })
    const second = await reader.read('key', load, { ttlMs: 1_000 })
    expect(second).toMatchObject({ outcome: 'hit', value, originCalls: 0 })
    expect(calls).toBe(1)
  })

  it('does not keep what does not exist', async () => {
    const reader = make()
    const absent = async () => undefined
    expect(await reader.read('key', absent, { ttlMs: 1_000 })).toMatchObject({ outcome: 'miss', value: undefined })
    expect(await reader.read('key', absent, { ttlMs: 1_000 })).toMatchObject({ outcome: 'miss', originCalls: 1 })
  })

  it('passes on the origin’s failure, and keeps nothing of it', async () => {
    const reader = make()
    await expect(reader.read('key', () => Promise.reject(new Error('down')), { ttlMs: 1_000 })).rejects.toThrow('down')
    const after = await reader.read('key', async () => ({ value: 1, version: 1 }), { ttlMs: 1_000 })
    expect(after.outcome).toBe('miss')
  })
})

describe('none', () => {
  it.each(resources)('calls the origin for every request of $id', async (resource) => {
    const { ask, lab } = visitor(strategyOf('none'), resource)
    for (let i = 0; i < 3; i += 1) expect((await ask()).status).toBe('none; fwd=bypass')
    expect(lab().counters).toMatchObject({ originCalls: 3, outcomes: { bypass: 3 } })
    expect((await lab().entries()).entries).toEqual([])
  })
})

describe.each(['memory', 'lru'] as const)('%s', (id) => {
  it('throws out the least recently used entry when it is full, and says so', async () => {
    const exchange = resources.find(({ id }) => id === 'exchange') as Resource
    const { ask, lab } = visitor(strategyOf(id), exchange)
    for (let n = 0; n < exchange.capacity; n += 1) await ask({}, n)
    await ask({}, 0)
    await ask({}, exchange.capacity)
    expect(lab().counters.evictions).toBe(1)
    expect((await ask({}, 0)).status).toContain('hit')
    expect((await ask({}, 1)).status).toContain('fwd=miss')
  })
})

describe('lru', () => {
  it.each(resources)('hits whatever time has gone by, and names no time, on $id', async (resource) => {
    const { ask, lab } = visitor(strategyOf('lru'), resource)
    const first = await ask()
    expect(first.status).toBe('memory; fwd=miss; stored')
    test.clock.advance(3_599_999)
    const second = await ask()
    expect(second.status).toBe('memory; hit')
    expect(second.body).toBe(first.body)
    expect(second.response.headers.get('age')).toBe('3599')
    expect(lab().counters).toMatchObject({ originCalls: 1, expiries: 0 })
  })

  it('has entries of its own, beside those of memory', async () => {
    const slow = resources[0] as Resource
    const lru = visitor(strategyOf('lru'), slow, 'contract-both')
    const memory = visitor(strategyOf('memory'), slow, 'contract-both')
    await lru.ask()
    expect((await memory.ask()).status).toContain('fwd=miss')
    const { entries, total } = await lru.lab().entries()
    expect(entries.map(({ strategy, tier }) => `${strategy} ${tier}`)).toEqual(['memory memory', 'lru memory'])
    expect(total).toMatchObject({ memory: 2, redis: 0 })
  })
})

const inRedis = strategies.filter(({ tiers }) => (tiers as readonly string[]).includes('redis'))

describe.each(inRedis)('$id', ({ id, writes }) => {
  it('costs an answer nothing but the cache when Redis is away', async () => {
    const fault = faultSwitch(test.clock)
    const store = redisStore(withFaults(test.context.redis, fault), `contract-${++labs}:`)
    const reader = strategyOf(id).create({ clock: test.clock, capacity: 2, redis: store })
    const load = async () => ({ value: 1, version: 1 })
    await reader.read('key', load, { ttlMs: 1_000 })

    fault.set(true)
    const away = await reader.read('key', load, { ttlMs: 1_000 })
    expect(away).toMatchObject({ outcome: 'miss', value: 1, originCalls: 1 })
    expect(away.steps.map(({ tier, result }) => `${tier} ${result}`)).toEqual([
      'redis unavailable',
      'origin loaded',
      'redis unavailable',
    ])
    const told = await reader.onWrite('key', { row: { value: 2, version: 2 }, ttlMs: 1_000 })
    expect(told.map(({ result }) => result)).toEqual(writes === 'ttl only' ? [] : ['unavailable'])
    await expect(reader.entries(10)).rejects.toThrow('away')
    await expect(reader.clear()).rejects.toThrow('away')

    fault.set(false)
    expect((await reader.read('key', load, { ttlMs: 1_000 })).outcome).toBe('hit')
  })
})

const byHttp = strategies.filter(({ http }) => http)

describe.each(byHttp)('$id', ({ id }) => {
  it.each(resources)('confirms what the client holds of $id with a 304', async (resource) => {
    const { ask, lab } = visitor(strategyOf(id), resource)
    const etag = (await ask()).response.headers.get('etag') ?? ''
    const again = await ask({ 'if-none-match': `"other", W/${etag}` })
    expect(again.response.status).toBe(304)
    expect(again.body).toBe('')
    expect(again.response.headers.get('cache-control')).toBe(CACHE_CONTROL[id][resource.scope])
    expect(lab().counters.outcomes).toMatchObject({ miss: 1, revalidated: 1 })
  })

  it('sends the new answer when the client’s no longer holds', async () => {
    const slow = resources[0] as Resource
    const { ask } = visitor(strategyOf(id), slow)
    const etag = (await ask()).response.headers.get('etag') ?? ''
    test.clock.advance(1)
    const again = await ask({ 'if-none-match': etag })
    expect(again.response.status).toBe(200)
    expect(again.response.headers.get('etag')).not.toBe(etag)
  })

  it.each(resources)(
    'names no cache for $id, whatever becomes of a request, since the server has none',
    async (resource) => {
      const { ask } = visitor(strategyOf(id), resource)
      const first = await ask()
      const etag = first.response.headers.get('etag') ?? ''
      const held = await ask({ 'if-none-match': etag })
      const other = await ask({ 'if-none-match': '"other"' })
      expect(
        [first, held, other].map(({ response }) => [response.status, response.headers.has('cache-status')]),
      ).toEqual([200, 304, 200].map((status) => [status, false]))
    },
  )
})

it('the folder and the registry name the same strategies', () => {
  const machinery = ['index.ts', 'memory-tier.ts', 'redis-tier.ts', 'strategy.ts', 'trace.ts']
  const files = readdirSync('lib/strategies').filter((file) => !machinery.includes(file) && !file.endsWith('.test.ts'))
  expect(files.map((file) => `lib/strategies/${file}`).sort()).toEqual(strategies.map(({ file }) => file).sort())
})
