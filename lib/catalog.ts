import { resources } from './resources'
import { accepted } from './resources/params'
import type { Param } from './resources/resource'
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
  }[]
  resources: {
    id: string
    title: string
    about: string
    params: Record<string, Exclude<Param, { kind: 'text' }> & { accepted: string }>
    strategy: string
    /** Seconds. */
    ttl: number
    capacity: number
    scope: 'public' | 'private'
    simulated?: string
    writable: boolean
    keys?: { max: number }
  }[]
}

/** Describe all strategies and resources. */
export function catalog(): Catalog {
  return {
    strategies: strategies.map(({ id, title, summary, tiers, file, http, expires }) => ({
      id,
      title,
      summary,
      tiers,
      file,
      http,
      expires,
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
        strategy,
        ttl,
        capacity,
        scope,
        simulated,
        writable: write !== undefined,
        keys: keys && { max: keys.max },
      }),
    ),
  }
}
