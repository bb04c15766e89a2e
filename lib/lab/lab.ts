import { randomUUID } from 'node:crypto'
import { type AttemptParts, type Attempts, openAttempts } from '../checks/attempts'
import type { Evidence } from '../checks/check'
import type { ToldLab } from '../processes/told'
import type { Clock } from '../reading'
import type { RedisClient } from '../redis/client'
import { type FaultSwitch, faultSwitch, withFaults } from '../redis/faults'
import { redisStore } from '../redis/store'
import type { Resource } from '../resources/resource'
import type { OwnCaches } from '../runs/job'
import type { Report } from '../runs/report'
import { type Tally, type Totals, tallyOthers } from '../runs/tally'
import { strategies, strategyById } from '../strategies'
import type { Reader } from '../strategies/strategy'
import { countOutcome, noCounts, sumCounts } from './counters'
import { type LabEntries, type LabEntry, TIERS, type Tier } from './entries'
import type { LabCounters, LabEvent, LabStreamEvents } from './events'
import { type Log, openLog } from './log'
import { openOthers } from './others'

/** Entries that one listing shows of one strategy and resource. */
const LISTED = 100

/** A private space. Memory, counters and log are this process's own; what is in Redis is shared by all processes. */
export interface Lab {
  id: string
  /** Tells this life of the log from an earlier one, so that a resumed stream knows whether its place still exists. */
  epoch: string
  /** What this process has counted. */
  counters: LabCounters
  /** What all processes have counted together. */
  totals(): LabCounters
  log: Log
  reader(strategy: string, resource: Resource): Reader
  /** A resource's readers, one a strategy: a write has to reach each. */
  readersOf(resource: Resource): { strategy: string; reader: Reader }[]
  /** What is kept, by tier, in this process and in those beside it. */
  entries(): Promise<LabEntries>
  /**
   * Empties all tiers, or the one named, everywhere. What can be emptied is, even if it rejects: with
   * `process-unresponsive` if a process hangs, with anything else if Redis is unavailable.
   */
  clear(tier?: Tier): Promise<void>
  /** Takes Redis away from this lab alone, in this process. */
  redisFault: FaultSwitch
  /** The same in all of them. */
  setRedis(away: boolean): Promise<void>
  /** Append rows to the log and pass them to those who follow. */
  record(rows: Omit<LabEvent, 'seq'>[]): void
  /** Take what another process has to tell of this lab. */
  told(process: string, told: ToldLab): void
  /** Takes what the own caches of a run's clients have served so far: its totals in {@link Lab.totals} agree with its report. */
  servedByClients(run: string, own: OwnCaches): void
  /** Counts that another process ended with something untold of this lab: its totals, and those of its runs, lack it. */
  lost(): void
  /** A run of this lab ended in good order: those who follow hear of it. */
  reported(report: Report): void
  /** Follow rows and reports as they pass; none is left out. Gives the function that ends it. */
  follow(listener: (evidence: Evidence) => void): () => void
  /** The exercises that this lab works on. */
  attempts: Attempts
  /** The next request's number. */
  nextRequest(): number
  /** Tallies of the runs under way, by run id. */
  tallies: Map<string, Tally>
  /** Where this process counts for a run; undefined where there is no such run under way. */
  tallyOf(run: string): Totals | undefined
  /** Send to all open streams of this lab. */
  broadcast<E extends keyof LabStreamEvents>(event: E, data: LabStreamEvents[E]): void
  /** Open streams. Gives the function that leaves. */
  join(viewer: (event: string, data: unknown) => void): () => void
  viewers(): number
  /** Whether a stream or a run needs it now, whether or not anyone sends a request. */
  inUse(): boolean
}

/** A lab's share of the processes beside this one: each keeps entries of its own. */
export interface Elsewhere {
  /** What they keep, at most `limit` of each tier and process. */
  entries(
    lab: string,
    limit: number,
  ): Promise<{ entries: LabEntry[]; total: Partial<Record<Tier, number>>; unavailable: Tier[] }>
  /** Has them empty what they keep themselves. Rejects with `process-unresponsive` if one hangs. */
  clear(lab: string, tier?: Tier): Promise<void>
  /** Take Redis away from the lab there, too, or give it back. */
  redis(lab: string, away: boolean): Promise<void>
}

/** What a lab is opened with. */
export interface LabParts extends Pick<AttemptParts, 'exercises' | 'note'> {
  clock: Clock
  redis: RedisClient
  resources: readonly Resource[]
  /** The process, as it is named in what memory keeps. */
  worker: string
  /** The processes beside this one; none where this is one of them. */
  elsewhere?: Elsewhere
  /** Where to count for a run that this process has not started itself. */
  tallyOf?(lab: string, run: string): Totals
  /** How many of its runs are in the queue. */
  queued?(lab: string): number
}

/** Open the lab `id` over the tiers it is given, with `resources` as those it can hold. */
export function openLab(id: string, parts: LabParts): Lab {
  const readers = new Map<string, { strategy: string; resource: Resource; reader: Reader }>()
  const followers = new Set<(evidence: Evidence) => void>()
  const viewers = new Set<(event: string, data: unknown) => void>()
  const tallies = new Map<string, Tally>()
  const counters = noCounts()
  const others = openOthers()
  const log = openLog()
  const redisFault = faultSwitch(parts.clock)
  const redis = withFaults(parts.redis, redisFault)
  let requests = 0

  const reader = (strategyId: string, resource: Resource): Reader => {
    const name = `${strategyId}:${resource.id}`
    const known = readers.get(name)
    if (known) return known.reader
    const strategy = strategyById(strategyId)
    if (!strategy) throw new Error(`no strategy ${strategyId}`)
    const made = strategy.create({
      clock: parts.clock,
      capacity: resource.capacity,
      redis: redisStore(redis, `hitrate:lab:${id}:${name}:`),
    })
    readers.set(name, { strategy: strategyId, resource, reader: made })
    return made
  }
  /** Every strategy with a tier of the server's, for every resource: Redis may hold entries from an earlier life. */
  const everyReader = () => {
    for (const strategy of strategies) {
      if (!serverTier(strategy.id)) continue
      for (const resource of parts.resources) reader(strategy.id, resource)
    }
    return [...readers.values()]
  }
  const record: Lab['record'] = (rows) => {
    for (const row of rows) {
      const appended = log.append(row)
      for (const listener of followers) listener({ kind: 'row', row: appended })
    }
  }
  const follow: Lab['follow'] = (listener) => {
    followers.add(listener)
    return () => followers.delete(listener)
  }
  const broadcast: Lab['broadcast'] = (event, data) => {
    for (const viewer of viewers) viewer(event, data)
  }

  const attempts = openAttempts({ ...parts, follow, broadcast })

  return {
    id,
    epoch: randomUUID().slice(0, 8),
    counters,
    totals: () => sumCounts([counters, others.counts()]),
    log,
    reader,
    readersOf: (resource) => everyReader().filter((known) => known.resource.id === resource.id),

    async entries() {
      const listed: LabEntries = {
        now: parts.clock.now(),
        entries: [],
        total: { memory: 0, redis: 0, edge: 0 },
        unavailable: [],
      }
      await Promise.all(
        everyReader().map(async ({ strategy, resource, reader }) => {
          const tier = serverTier(strategy)
          try {
            const { entries, total } = await reader.entries(LISTED)
            const worker = tier === 'memory' ? { worker: parts.worker } : {}
            listed.entries.push(...entries.map((entry) => ({ ...entry, strategy, resource: resource.id, ...worker })))
            if (tier) listed.total[tier] += total
          } catch {
            if (tier && !listed.unavailable.includes(tier)) listed.unavailable.push(tier)
          }
        }),
      )
      const elsewhere = await parts.elsewhere?.entries(id, LISTED)
      if (elsewhere) {
        listed.entries.push(...elsewhere.entries)
        for (const tier of TIERS) listed.total[tier] += elsewhere.total[tier] ?? 0
        listed.unavailable.push(...elsewhere.unavailable.filter((tier) => !listed.unavailable.includes(tier)))
      }
      listed.entries.sort((a, b) => a.expiresAt - b.expiresAt || a.key.localeCompare(b.key))
      return listed
    },
    async clear(only) {
      const emptied = everyReader().filter(({ strategy }) => only === undefined || serverTier(strategy) === only)
      const cleared = await Promise.allSettled([
        // Before Redis: what a process may still serve weighs more, and the first failure is the one that's reported.
        parts.elsewhere?.clear(id, only),
        ...emptied.map(({ reader }) => reader.clear()),
      ])
      const failed = cleared.find((result) => result.status === 'rejected')
      if (failed) throw failed.reason
    },
    redisFault,
    async setRedis(away) {
      redisFault.set(away)
      await parts.elsewhere?.redis(id, away)
    },
    record,
    told(process, { rows, omitted, counters: counted, runs }) {
      others.keep(process, counted)
      for (const [run, totals] of Object.entries(runs)) {
        const tally = tallies.get(run)
        if (tally) tallyOthers(tally, process, totals)
      }
      log.skip(omitted)
      // Numbers of requests are each process's own, and whether a run is under way only this one knows.
      const numbers = new Map<number, number>()
      record(
        rows.map(({ outside, ...row }) => {
          const number = numbers.get(row.request) ?? ++requests
          numbers.set(row.request, number)
          return { ...row, request: number, ...(outside && tallies.size === 0 && { outside }) }
        }),
      )
    },
    servedByClients(run, own) {
      const served = noCounts()
      for (const outcome of ['hit', 'stale'] as const) countOutcome(served, outcome, own[outcome])
      others.keep(`the clients of ${run}`, served)
    },
    lost() {
      counters.lost += 1
      for (const tally of tallies.values()) tally.lost += 1
    },
    reported(report) {
      for (const listener of followers) listener({ kind: 'report', report })
    },
    follow,
    attempts,
    nextRequest: () => ++requests,
    tallies,
    tallyOf: (run) => tallies.get(run) ?? parts.tallyOf?.(id, run),
    broadcast,
    join(viewer) {
      viewers.add(viewer)
      return () => viewers.delete(viewer)
    },
    viewers: () => viewers.size,
    inUse: () => viewers.size > 0 || tallies.size > 0 || (parts.queued?.(id) ?? 0) > 0,
  }
}

/** The tier of the server's that a strategy keeps entries in; none for those that keep nothing here. */
const serverTier = (strategy: string): Tier | undefined =>
  strategyById(strategy)?.tiers.find((tier) => tier !== 'client')
