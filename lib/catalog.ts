import { resources } from './resources'
import { accepted } from './resources/params'
import type { Param, Resource } from './resources/resource'
import { strategies } from './strategies'

/** The registries as plain data, for pages and forms: what a page shows of a strategy or a resource comes from here. */
export interface Catalog {
  strategies: {
    id: string
    title: string
    summary: string
    tiers: readonly string[]
    file: string
    /** Whether HTTP caches keep its answers; its TTL, where it has one, is in whole seconds then. */
    http: boolean
    /** Whether what is kept has a date: a TTL is asked for. */
    expires: boolean
    /** What a write does to what the server keeps. */
    writes: string
  }[]
  resources: {
    id: string
    title: string
    about: string
    params: Record<string, Exclude<Param, { kind: 'text' }> & { accepted: string }>
    /** Request headers that the answer depends on, which `Vary` lists. */
    headers: { name: string; accepted: string; default: string; about: string }[]
    strategy: string
    /** Seconds. */
    ttl: number
    capacity: number
    scope: 'public' | 'private'
    simulated?: string
    writable: boolean
    /** How many keys a run may draw, and the parameter that is a key's number from 1, where one is. */
    keys?: { max: number; numbered?: string }
  }[]
}

/** Describe all strategies and resources. */
export function catalog(): Catalog {
  return {
    strategies: strategies.map(({ id, title, summary, tiers, file, http, expires, writes }) => ({
      id,
      title,
      summary,
      tiers,
      file,
      http,
      expires,
      writes,
    })),
    resources: resources.map(
      ({ id, title, about, params, strategy, ttl, capacity, scope, simulated, write, keys }) => ({
        id,
        title,
        about,
        params: Object.fromEntries(
          Object.entries(params).flatMap(([name, param]) =>
            param.kind === 'text' ? [] : [[name, { ...param, accepted: accepted(param) }]],
          ),
        ),
        headers: Object.entries(params).flatMap(([name, param]) =>
          param.in === 'header'
            ? [{ name, accepted: accepted(param), default: param.default, about: param.about }]
            : [],
        ),
        strategy,
        ttl,
        capacity,
        scope,
        simulated,
        writable: write !== undefined,
        keys: keys && { max: keys.max, numbered: numberedBy(keys) },
      }),
    ),
  }
}

/** The one parameter that a run's keys set, where it counts up from 1. */
function numberedBy({ max, nth }: NonNullable<Resource['keys']>): string | undefined {
  const [name, ...others] = Object.keys(nth(0))
  const counts = (n: number) => name !== undefined && nth(n)[name] === n + 1
  return others.length === 0 && counts(0) && counts(max - 1) ? name : undefined
}
