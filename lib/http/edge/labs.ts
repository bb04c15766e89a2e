import { LRUCache } from 'lru-cache'
import { countOutcome, noCounts } from '../../lab/counters'
import type { LabCounters } from '../../lab/events'
import { LAB_COOKIE, PUBLIC_LAB } from '../../lab/of-request'
import type { KeptEntries } from '../../processes/control'
import { type Gatherer, openGatherer, type ToldRow, type Unsent } from '../../processes/told'
import { OUTCOMES, type Outcome } from '../../reading'
import { resources } from '../../resources'
import { readAsk } from '../../resources/common'
import { variesBy } from '../../resources/params'
import { outcomeOf } from '../../runs/outcome'
import { RUN_HEADER, TERMINAL_RUN, UNCOUNTED_HEADER } from '../../runs/run-header'
import type { Totals } from '../../runs/tally'
import { readCookie } from '../cookie'
import { isFromBrowser } from '../guard'
import { pathPattern } from '../path-pattern'
import { Problem } from '../problem'
import type { Edge, EdgeTold } from './edge'

/** Labs that are counted for at once: as many as the app itself holds. */
const LABS = 200

/** What an edge does, told in the words of the labs whose requests it answers. */
export interface EdgeLabs {
  gatherer: Gatherer
  /** What an edge calls for all that happens in it. Only what never reached the app is told: the rest tells itself. */
  told(tier: string): (told: EdgeTold) => void
  /** The lab that a path is in; undefined if it is no resource's. */
  labOf(pathAndQuery: string): string | undefined
  /** What edges keep of a lab, by their names. That of one that is not called `edge` stands with each of its entries. */
  entries(edges: Readonly<Record<string, Edge>>, lab: string, limit: number): KeptEntries
}

/** What an address asks the app for. */
interface Asked {
  /** Empty if it names none. */
  lab: string
  resource: string
  strategy: string
  key: string
}

/** What never reaches the app. All else went on to it, and is logged there. */
const TOLD: ReadonlySet<string> = new Set(['hit', 'stale', 'coalesced', 'store', 'eviction', 'invalidation'])

/**
 * Fields for requests to the app: it leaves their outcome to the edge, which knows what the client got. The app's own
 * outcome is another one if the edge served something stale for an error, and if it refreshed an entry for nobody.
 */
export const COUNTED_HERE = [UNCOUNTED_HEADER, '1'] as const

const patterns = resources.map((resource) => ({ resource, pattern: pathPattern(`/api/${resource.id}`) }))

/**
 * Opens it for the process of this name.
 * @param address the app's, whose cookie names the lab of a request that names none itself.
 * @param unsent as that of {@link openGatherer}.
 */
export function openEdgeLabs(name: string, address: string, unsent?: (unsent: Unsent) => void): EdgeLabs {
  const counters = new LRUCache<string, LabCounters>({ max: LABS })
  const countersOf = (lab: string): LabCounters => {
    const known = counters.get(lab)
    if (known) return known
    const made = noCounts()
    counters.set(lab, made)
    return made
  }
  const gatherer = openGatherer(name, countersOf, unsent)
  let requests = 0

  function tell(tier: string, told: EdgeTold): void {
    const asked = askedBy(told.url, (field) => told.header(field))
    if (!asked) return
    const { lab: named, ...of } = asked
    const lab = named || (readCookie(told.header('cookie'), LAB_COOKIE, address) ?? PUBLIC_LAB)
    const run = told.header(RUN_HEADER) || undefined
    const worker = `${tier}-${process.pid}`
    const base = { ...of, at: told.at, request: ++requests, worker, ...(run && { run }) }
    const totals = countersOf(lab)
    const row = (more: Pick<ToldRow, 'kind'> & Partial<ToldRow>) => gatherer.record(lab, [{ ...base, ...more }])
    const outcome = outcomeIn(told)
    if (outcome && (told.method === 'GET' || told.method === 'HEAD')) {
      countOutcome(totals, outcome)
      // Whether or not there is a row to tell, the totals have changed.
      gatherer.record(lab, [])
    }
    if (!TOLD.has(told.kind)) return
    if (told.kind === 'hit' || told.kind === 'stale' || told.kind === 'coalesced') {
      if (run !== undefined && run !== TERMINAL_RUN) tallyAnswer(gatherer.run(lab, run), told)
      row({ kind: told.kind, durMs: told.durMs, ...(isOutside(told, run) && { outside: true }) })
    } else if (told.kind === 'store') {
      totals.stores += 1
      row({ kind: told.kind, tier })
    } else if (told.kind === 'eviction') {
      totals.evictions += 1
      row({ kind: told.kind, tier })
    } else if (told.kind === 'invalidation') {
      totals.invalidations += 1
      row({ kind: told.kind, tier })
    }
  }

  // What names no lab is everyone's: it isn't stored for one reader.
  const labOf = (path: string) => {
    const asked = askedBy(path, () => '')
    return asked && (asked.lab || PUBLIC_LAB)
  }

  return {
    gatherer,
    told: (tier) => (told) => tell(tier, told),
    labOf,
    entries(edges, lab, limit) {
      const kept: KeptEntries = { entries: [], total: { edge: 0 } }
      for (const [edge, { entries: list }] of Object.entries(edges)) {
        const { entries, total } = list(limit, (path) => labOf(path) === lab)
        kept.total.edge = (kept.total.edge ?? 0) + total
        for (const { key: path, vary = {}, storedAt, expiresAt, version } of entries) {
          const asked = askedBy(path, (field) => vary[field] ?? '')
          if (!asked) continue
          const { resource, strategy, key } = asked
          const worker = edge === 'edge' ? {} : { worker: edge }
          kept.entries.push({ resource, strategy, key, tier: 'edge', version, storedAt, expiresAt, ...worker })
        }
      }
      return kept
    },
  }
}

/** Count an answer that the app never hears of. One that was waited for was made for its request. */
function tallyAnswer(tally: Totals, { kind, ageMs = 0 }: EdgeTold): void {
  const age = kind === 'coalesced' ? 0 : ageMs
  tally.answers += 1
  tally.ageSumMs += age
  tally.ageMaxMs = Math.max(tally.ageMaxMs, age)
}

/** The outcome of a request; if the origin's answer was passed on, by what that says, as a client reads it. */
function outcomeIn({ kind, status = 200, upstream }: EdgeTold): Outcome | undefined {
  if ((kind === 'miss' || kind === 'bypass') && upstream) return outcomeOf(status, `${upstream}, edge; fwd=${kind}`)
  return OUTCOMES.find((outcome) => outcome === kind)
}

/** Whether a program asked, and neither a page nor a run. */
const isOutside = ({ header }: EdgeTold, run: string | undefined): boolean =>
  run === TERMINAL_RUN || (run === undefined && !isFromBrowser((name) => header(name) !== ''))

/** What a path asks for; undefined where it is no resource's, or asks in a way that the app refuses. */
function askedBy(pathAndQuery: string, header: (name: string) => string): Asked | undefined {
  // Joined, not resolved: `//` would be read as a host. What is no path, such as `*`, is no resource's.
  if (!pathAndQuery.startsWith('/')) return undefined
  const url = new URL(`http://localhost${pathAndQuery}`)
  for (const { resource, pattern } of patterns) {
    const match = pattern.exec(url.pathname)
    if (!match) continue
    try {
      const headers = new Headers(
        variesBy(resource.params).map((name): [string, string] => [name, header(name.toLowerCase())]),
      )
      const ask = readAsk(resource, url.searchParams, match.groups ?? {}, headers)
      return { lab: ask.lab, resource: resource.id, strategy: ask.strategy.id, key: ask.key }
    } catch (error) {
      if (error instanceof Problem) return undefined
      throw error
    }
  }
}
