import { type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs'
import type { Catalog } from '@/lib/catalog'
import { DEFAULT_LOAD, KEY_KINDS, type LoadSetup } from '../panels/load-setup'
import { type Setup, setupOf } from '../panels/setup'
import { stagesFrom, stagesText } from '../panels/stages'

const text = (value: string) => parseAsString.withDefault(value)

/** What the address holds of a load, and how it is called there. */
export const LOAD_PARSERS = {
  n: text(DEFAULT_LOAD.requests),
  c: text(DEFAULT_LOAD.connections),
  loop: parseAsStringLiteral(['closed', 'open']).withDefault(DEFAULT_LOAD.mode),
  rate: text(DEFAULT_LOAD.rate),
  seconds: text(DEFAULT_LOAD.seconds),
  start: parseAsStringLiteral(['cold', 'warm']).withDefault(DEFAULT_LOAD.start),
  keys: parseAsStringLiteral(KEY_KINDS).withDefault(DEFAULT_LOAD.keys),
  count: text(DEFAULT_LOAD.keyCount),
  s: text(DEFAULT_LOAD.skew),
  hot: text(DEFAULT_LOAD.hot),
  share: text(DEFAULT_LOAD.share),
  shift: text(DEFAULT_LOAD.shift),
  list: text(DEFAULT_LOAD.list),
  writes: text(DEFAULT_LOAD.writes),
  stages: text(stagesText(DEFAULT_LOAD.stages)),
  hold: text(DEFAULT_LOAD.thresholds),
  warmup: text(DEFAULT_LOAD.warmup),
  via: parseAsStringLiteral(['direct', 'edge']).withDefault(DEFAULT_LOAD.via),
  host: parseAsStringLiteral(['next', 'workers']).withDefault(DEFAULT_LOAD.host),
  workers: text(DEFAULT_LOAD.workers),
  seed: text(DEFAULT_LOAD.seed),
}
type LoadQuery = inferParserType<typeof LOAD_PARSERS>

export const loadOf = ({ n, c, loop, count, s, stages, hold, ...rest }: LoadQuery): LoadSetup => ({
  ...rest,
  requests: n,
  connections: c,
  mode: loop,
  keyCount: count,
  skew: s,
  stages: stagesFrom(stages),
  thresholds: hold,
})

export function loadQuery(load: LoadSetup): LoadQuery {
  const { requests, connections, mode, keyCount, skew, stages, thresholds, ...rest } = load
  return {
    ...rest,
    n: requests,
    c: connections,
    loop: mode,
    count: keyCount,
    s: skew,
    stages: stagesText(stages),
    hold: thresholds,
  }
}

/** What the address holds of every setup, whatever its resource. */
const SETUP_PARSERS = { resource: parseAsString, cache: parseAsString, ttl: parseAsString, to: parseAsString }

/** What the address holds of a setup: a parser for each parameter that any resource takes. */
export const setupParsers = (catalog: Catalog) => ({
  ...SETUP_PARSERS,
  ...Object.fromEntries(paramNames(catalog).map((name) => [name, parseAsString])),
})

/** Names in an address that links to a panel, next to those of its setup and its load: see set-up-link.ts. */
const PLACE_NAMES = ['x', 'panel']

/** Every name that an address may hold, by what it belongs to. No two groups share a name, which a test asserts. */
export const addressNames = (
  catalog: Catalog,
): Record<'place' | 'setup' | 'load' | 'params' | 'headers', string[]> => ({
  place: PLACE_NAMES,
  setup: Object.keys(SETUP_PARSERS),
  load: Object.keys(LOAD_PARSERS),
  params: [...new Set(catalog.resources.flatMap(({ params }) => Object.keys(params)))],
  headers: [...new Set(catalog.resources.flatMap(({ headers }) => namesOf(headers)))],
})

/** The names of parameters and of header fields. */
const paramNames = (catalog: Catalog) => [
  ...new Set(catalog.resources.flatMap(({ params, headers }) => [...Object.keys(params), ...namesOf(headers)])),
]

const namesOf = (headers: readonly { name: string }[]) => headers.map(({ name }) => name)

type SetupQuery = Record<string, string | null>

/** The set-up that an address asks for. A resource or strategy that there is not is passed over for the default. */
export function setupFrom(catalog: Catalog, query: SetupQuery): Setup {
  const resource = catalog.resources.find(({ id }) => id === query.resource) ?? catalog.resources[0]
  const strategy = catalog.strategies.find(({ id }) => id === query.cache)
  const setup = setupOf(catalog, { resource: resource?.id, strategy: strategy?.id, to: query.to ?? undefined })
  const given = (names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = query[name]
        return value == null ? [] : [[name, value] as const]
      }),
    )
  return {
    ...setup,
    ttl: query.ttl ?? setup.ttl,
    params: given(Object.keys(resource?.params ?? {})),
    headers: given(namesOf(resource?.headers ?? [])),
  }
}

/** All of a set-up as an address can hold it, defaults included. */
export function setupText(catalog: Catalog, { resource, strategy, ttl, params, to, headers }: Setup): SetupQuery {
  const declared = catalog.resources.find(({ id }) => id === resource)?.params ?? {}
  const defaults = Object.entries(declared).map(([name, param]) => [name, String(param.default)] as const)
  return { ...Object.fromEntries(defaults), ...params, ...headers, resource, cache: strategy, ttl, to }
}

/** What the address has to hold for a set-up. What is the default is left out. */
export function setupQuery(catalog: Catalog, setup: Setup): SetupQuery {
  const defaults = setupOf(catalog, { resource: setup.resource })
  const declared = catalog.resources.find(({ id }) => id === setup.resource)?.params ?? {}
  return {
    ...Object.fromEntries(paramNames(catalog).map((name) => [name, null])),
    ...Object.fromEntries(
      Object.entries(setup.params).map(([name, value]) => [
        name,
        value === String(declared[name]?.default) ? null : value,
      ]),
    ),
    ...Object.fromEntries(Object.entries(setup.headers).map(([name, value]) => [name, value || null])),
    to: setup.to === 'app' ? null : setup.to,
    resource: setup.resource === catalog.resources[0]?.id ? null : setup.resource,
    cache: setup.strategy === defaults.strategy ? null : setup.strategy,
    ttl: setup.ttl === defaults.ttl ? null : setup.ttl,
  }
}
