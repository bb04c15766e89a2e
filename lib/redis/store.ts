import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { RedisClient } from './client'

/** Redis keeps an entry this much longer than it is fresh: freshness is judged by the entry's own `expiresAt`. */
const GRACE_MS = 60_000
/** The longest TTL there is, and the grace: a ledger outlives all of its entries, and then expires. */
const LEDGER_MS = 86_400_000 + GRACE_MS
/**
 * How long a tombstone holds: longer than any reader is under way with what it read before the write. Two seconds of
 * `slow=` and the time that a statement may take are far below it.
 */
export const TOMBSTONE_MS = 60_000
/** Entries that one script looks for: Redis serves no other client in the meantime. */
const CHUNK = 500

const GENERATION = 'generation'
const ENTRY = 'entry:'
const TOMBSTONE = 'tombstone:'

/**
 * KEYS: entry, ledger. ARGV: key, text, ms to keep it, expiresAt, ms of the ledger, a generation to begin where there is
 * none. With a version check, the lease and the version come last.
 */
const STORE = `
local generation = redis.call('HGET', KEYS[2], '${GENERATION}')
if ARGV[7] then
  if generation ~= ARGV[7] then return 0 end
  local tombstone = redis.call('HGET', KEYS[2], '${TOMBSTONE}' .. ARGV[1])
  if tombstone then
    local version, till = string.match(tombstone, '^(%S+) (%S+)$')
    local time = redis.call('TIME')
    if tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000 >= tonumber(till) then
      redis.call('HDEL', KEYS[2], '${TOMBSTONE}' .. ARGV[1])
    elseif tonumber(version) > tonumber(ARGV[8]) then
      return 0
    end
  end
end
if not generation then
  generation = ARGV[6]
  redis.call('HSET', KEYS[2], '${GENERATION}', generation)
end
redis.call('SET', KEYS[1], generation .. ' ' .. ARGV[2], 'PX', ARGV[3])
redis.call('HSET', KEYS[2], '${ENTRY}' .. ARGV[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return 1`

/** KEYS as above. ARGV: key, version, ms that the tombstone holds, ms of the ledger. The newest of several writes counts. */
const BURY = `
local tombstone = redis.call('HGET', KEYS[2], '${TOMBSTONE}' .. ARGV[1])
if not tombstone or tonumber(string.match(tombstone, '^%S+')) < tonumber(ARGV[2]) then
  local time = redis.call('TIME')
  local till = string.format('%.0f', tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000 + tonumber(ARGV[3]))
  redis.call('HSET', KEYS[2], '${TOMBSTONE}' .. ARGV[1], ARGV[2] .. ' ' .. till)
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
end
return redis.call('HDEL', KEYS[2], '${ENTRY}' .. ARGV[1]) * redis.call('DEL', KEYS[1])`

/** KEYS: ledger, then entries. ARGV: their fields in the ledger, which lose those that are gone. Gives which are there. */
const SIFT = `
local there = {}
for i, field in ipairs(ARGV) do
  there[i] = redis.call('EXISTS', KEYS[i + 1])
  if there[i] == 0 then redis.call('HDEL', KEYS[1], field) end
end
return there`

/** What a look-up finds. */
export interface Found {
  /** Null where nothing is stored under the key. */
  text: string | null
  /** Names the generation that was current then: {@link RedisStore.setUnlessOlder} takes it. */
  lease: string
}

/**
 * Redis as one lab, strategy, and resource sees it: short keys outside, prefixed ones inside. All calls reject when
 * Redis is unavailable.
 *
 * Redis evicts what it likes when its memory is full, so nothing here relies on one key outliving another. Next to the
 * entries there's one hash, the ledger: a random generation, the keys that are stored with their expiry, and the
 * tombstones of writes. Each entry names the generation it was stored in and counts for nothing in another. So losing
 * the ledger means that the store is empty: no entry is readable that isn't listed, no reader stores across a tombstone
 * that is lost, and emptying is one delete.
 */
export interface RedisStore {
  get(key: string): Promise<Found>
  /** Store `text` for `ttlMs` from now; `expiresAt` (epoch ms) is what listings sort by. */
  set(key: string, text: string, ttlMs: number, expiresAt: number): Promise<void>
  /** Returns whether there was one. */
  delete(key: string): Promise<boolean>
  /**
   * As `set`, but returns false and stores nothing if {@link bury} reported a newer version than `version`, or if the
   * store was emptied or evicted since the look-up that gave `lease`: what was buried is then unknown.
   */
  setUnlessOlder(
    key: string,
    text: string,
    { lease, version }: { lease: string; version: number },
    ttlMs: number,
    expiresAt: number,
  ): Promise<boolean>
  /**
   * Deletes, and leaves a tombstone: for {@link TOMBSTONE_MS} `setUnlessOlder` refuses what is older than `version`.
   * Both are one step to all other clients. Returns whether there was an entry.
   */
  bury(key: string, version: number): Promise<boolean>
  /**
   * Lists at most `limit` entries that expire after `now` (epoch ms), the next to expire first, and how many there are.
   * Each was looked for: an evicted one is neither listed nor counted.
   */
  list(limit: number, now: number): Promise<{ rows: { key: string; text: string }[]; total: number }>
  clear(): Promise<void>
}

/**
 * See the keys under `prefix` as a store.
 * @param tombstoneMs how long a tombstone holds.
 */
export function redisStore(client: RedisClient, prefix: string, tombstoneMs = TOMBSTONE_MS): RedisStore {
  const ledger = `${prefix}ledger`
  const full = (key: string) => `${prefix}entry:${key}`

  const store = async (
    key: string,
    text: string,
    ttlMs: number,
    expiresAt: number,
    check: [lease: string, version: number] | [] = [],
  ): Promise<boolean> => {
    const args = [key, text, Math.ceil(ttlMs) + GRACE_MS, expiresAt, LEDGER_MS, newGeneration(), ...check]
    return (await client.run((redis) => redis.eval(STORE, 2, full(key), ledger, ...args))) === 1
  }

  /** Begin a generation, unless another reader was faster. */
  async function begin(redis: Redis): Promise<string> {
    const begun = redis.multi().hsetnx(ledger, GENERATION, newGeneration()).pexpire(ledger, LEDGER_MS)
    return String((await repliesOf(begun.hget(ledger, GENERATION).exec()))[2])
  }

  return {
    get: (key) =>
      client.run(async (redis) => {
        // The ledger is used as often as its entries, so that Redis doesn't take it for idle.
        const found = await repliesOf(redis.pipeline().hget(ledger, GENERATION).get(full(key)).exec())
        const [lease, text] = found as (string | null)[]
        if (typeof lease !== 'string') return { text: null, lease: await begin(redis) }
        return { text: textOf(text, lease), lease }
      }),

    async set(key, text, ttlMs, expiresAt) {
      await store(key, text, ttlMs, expiresAt)
    },

    async delete(key) {
      const replies = await client.run((redis) =>
        repliesOf(
          redis
            .multi()
            .del(full(key))
            .hdel(ledger, ENTRY + key)
            .exec(),
        ),
      )
      return replies.every((reply) => reply === 1)
    },

    setUnlessOlder: (key, text, { lease, version }, ttlMs, expiresAt) =>
      store(key, text, ttlMs, expiresAt, [lease, version]),

    async bury(key, version) {
      const args = [key, version, tombstoneMs, LEDGER_MS]
      return (await client.run((redis) => redis.eval(BURY, 2, full(key), ledger, ...args))) === 1
    },

    list: (limit, now) =>
      client.run(async (redis) => {
        const { [GENERATION]: lease = '', ...fields } = await redis.hgetall(ledger)
        const stored = await sift(redis, ledger, keysIn(Object.keys(fields)), full)
        const fresh = stored
          .map((key) => ({ key, expiresAt: Number(fields[ENTRY + key]) }))
          .filter(({ expiresAt }) => expiresAt > now)
          .sort((a, b) => a.expiresAt - b.expiresAt || a.key.localeCompare(b.key))
        const keys = fresh.slice(0, limit).map(({ key }) => key)
        const texts = keys.length > 0 ? await redis.mget(keys.map(full)) : []
        const rows = keys.flatMap((key, i) => {
          const text = textOf(texts[i], lease)
          return text === null ? [] : [{ key, text }]
        })
        return { rows, total: fresh.length }
      }),

    clear: () =>
      client.run(async (redis) => {
        const [fields] = await repliesOf(redis.multi().hkeys(ledger).del(ledger).exec())
        // Nobody can read them any more: this gives their memory back before they expire.
        for (const keys of chunks(keysIn(fields as string[]))) await redis.unlink(keys.map(full))
      }),
  }
}

const newGeneration = (): string => randomBytes(8).toString('base64url')
const OF_A_GENERATION = /^[\w-]{11} /

/**
 * What an entry of this generation holds; null where there is none, or one of another generation. What another program
 * wrote in its place is given as it is, to be reported.
 */
function textOf(stored: string | null | undefined, lease: string): string | null {
  if (stored?.startsWith(`${lease} `)) return stored.slice(lease.length + 1)
  return stored == null || OF_A_GENERATION.test(stored) ? null : stored
}

/** The keys of the entries among the fields of a ledger. */
const keysIn = (fields: string[]): string[] =>
  fields.flatMap((field) => (field.startsWith(ENTRY) ? [field.slice(ENTRY.length)] : []))

/** Of these keys, those that Redis still has. The ledger forgets the others. */
async function sift(redis: Redis, ledger: string, keys: string[], full: (key: string) => string): Promise<string[]> {
  const stored: string[] = []
  for (const some of chunks(keys)) {
    const names = some.map((key) => ENTRY + key)
    const there = (await redis.eval(SIFT, some.length + 1, ledger, ...some.map(full), ...names)) as number[]
    stored.push(...some.filter((_, i) => there[i] === 1))
  }
  return stored
}

function* chunks(keys: string[]): Generator<string[]> {
  for (let at = 0; at < keys.length; at += CHUNK) yield keys.slice(at, at + CHUNK)
}

/** The replies to commands sent together. Rejects with the first that failed. */
async function repliesOf(sent: Promise<[Error | null, unknown][] | null>): Promise<unknown[]> {
  const replies = (await sent) ?? []
  const failed = replies.find(([error]) => error)?.[0]
  if (failed) throw failed
  return replies.map(([, reply]) => reply)
}
