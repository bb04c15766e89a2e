import { problem } from '../http/problem'
import { LAB_PARAM } from '../lab/of-request'
import { strategyById, strategyIds } from '../strategies'
import type { Strategy } from '../strategies/strategy'
import { accepted, readParams, writeQuery } from './params'
import type { Param, Resource, Values } from './resource'

/** `ttl=`: seconds that an entry stays fresh. */
export const TTL_PARAM = {
  kind: 'number',
  in: 'query',
  min: 0.1,
  max: 86_400,
  default: 0,
  decimals: 3,
  unit: 's',
  about: 'How long an entry stays fresh, where the strategy has entries with a date',
} as const satisfies Param

/** What every resource takes beside its own parameters, with the defaults that `resource` declares. */
export const commonParams = (resource: Pick<Resource, 'strategy' | 'ttl'>) =>
  ({
    cache: {
      kind: 'choice',
      in: 'query',
      options: strategyIds,
      default: resource.strategy,
      about: 'The strategy that answers',
    },
    ttl: { ...TTL_PARAM, default: resource.ttl },
    lab: LAB_PARAM,
  }) as const satisfies Record<string, Param>

/** A resource request, understood. */
export interface Ask {
  /** The resource's own parameters. */
  values: Values
  strategy: Strategy
  ttlSeconds: number
  /** The lab that the query names, empty where it names none. */
  lab: string
  key: string
}

/** Understand a request for `resource`. Throws `unknown-parameter` or `invalid-parameter`. */
export function readAsk(
  resource: Resource,
  query: URLSearchParams,
  path: Record<string, string>,
  headers: Headers,
): Ask {
  const params = { ...resource.params, ...commonParams(resource) }
  const { cache, ttl, lab, ...values } = readParams(params, query, path, forwarded(headers))
  const strategy = strategyById(cache)
  if (!strategy) throw new Error(`readParams let an unknown strategy pass: ${cache}`)
  checkTtl(ttl, strategy)
  return { values, strategy, ttlSeconds: ttl, lab, key: resource.key(values) }
}

/** Next names the Host field as `X-Forwarded-Host` where no proxy sent one: that says nothing, and counts as unsent. */
const forwarded = (headers: Headers): Pick<Headers, 'get'> => ({
  get(name) {
    const value = headers.get(name)
    return name === 'X-Forwarded-Host' && value === headers.get('host') ? null : value
  },
})

/** A TTL that is handed to HTTP caches takes whole seconds (RFC 9111, 1.2.2). Throws `invalid-parameter`. */
export function checkTtl(ttl: number, strategy: Strategy): void {
  if (!strategy.http || !strategy.expires || Number.isInteger(ttl)) return
  const whole = accepted({ ...TTL_PARAM, decimals: 0, min: 1 })
  throw problem('invalid-parameter', {
    detail: `With cache=${strategy.id}, ttl is handed to HTTP caches, which take whole seconds.`,
    parameter: 'ttl',
    given: String(ttl),
    accepted: whole,
  })
}

/** The path and query that ask for `resource` with these values; what is the default is left out of the query. */
export function resourcePath(
  resource: Resource,
  values: Record<string, string | number>,
  common: { cache: string; ttl: number; lab: string },
): string {
  const path = resource.id.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name] ?? resource.params[name]?.default),
  )
  const query = writeQuery({ ...resource.params, ...commonParams(resource) }, { ...values, ...common })
  return `/api/${path}${query.size > 0 ? `?${query}` : ''}`
}
