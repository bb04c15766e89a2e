import { problem } from '../http/problem'
import type { Param, Params, Values } from './resource'

/** What a parameter takes, in words: `a whole number from 1 to 100,000`. */
export function accepted(param: Param): string {
  if (param.kind === 'choice') return `one of ${param.options.join(', ')}`
  if (param.kind === 'text') return param.accepted
  const bound = (n: number) => n.toLocaleString('en-US')
  const kind = param.decimals
    ? `a number with at most ${param.decimals} decimal${param.decimals > 1 ? 's' : ''}`
    : 'a whole number'
  return `${kind} from ${bound(param.min)} to ${bound(param.max)}${param.unit ? ` (${param.unit})` : ''}`
}

/**
 * Check one value as it was sent. Throws `invalid-parameter` with the parameter, what was given and what is accepted.
 */
export function readParam(name: string, param: Param, given: string): string | number {
  const value = parse(param, given)
  if (value === undefined) {
    throw problem('invalid-parameter', {
      detail: `${name} takes ${accepted(param)}.`,
      parameter: name,
      given,
      accepted: accepted(param),
    })
  }
  return value
}

function parse(param: Param, given: string): string | number | undefined {
  if (param.kind === 'choice') return param.options.includes(given) ? given : undefined
  if (param.kind === 'text') return param.pattern.test(given) ? given : undefined
  const shape = param.decimals ? new RegExp(`^\\d{1,9}(\\.\\d{1,${param.decimals}})?$`) : /^\d{1,9}$/
  const value = Number(given)
  return shape.test(given) && value >= param.min && value <= param.max ? value : undefined
}

/**
 * Check a query, the values of a path and the headers against `params`, filling in defaults. Throws
 * `unknown-parameter` or `invalid-parameter`; a parameter that is given twice is invalid. A header is never wrong: one
 * that does not fit counts as its default.
 */
export function readParams<P extends Params>(
  params: P,
  query: URLSearchParams,
  path: Record<string, string>,
  headers?: Pick<Headers, 'get'>,
): Values<P> {
  for (const name of query.keys()) {
    const known = params[name]
    if (known?.in !== 'query') {
      const names = Object.keys(params).filter((key) => params[key]?.in === 'query')
      throw problem('unknown-parameter', {
        detail: `There is no parameter ${name} here.`,
        parameter: name,
        given: query.get(name) ?? '',
        accepted: names.join(', '),
      })
    }
    if (query.getAll(name).length > 1) {
      throw problem('invalid-parameter', {
        detail: `${name} is given more than once.`,
        parameter: name,
        given: query.getAll(name).join(', '),
        accepted: `${accepted(known)}, once`,
      })
    }
  }
  const values = Object.entries(params).map(([name, param]) => {
    if (param.in === 'header') return [name, parse(param, headers?.get(name) ?? '') ?? param.default]
    const given = param.in === 'path' ? path[name] : query.get(name)
    return [name, given == null ? param.default : readParam(name, param, given)]
  })
  return Object.fromEntries(values) as Values<P>
}

/** The request headers that an answer depends on, as `Vary` lists them (RFC 9110, 12.5.5); empty where none. */
export const variesBy = (params: Params): string[] =>
  Object.keys(params).filter((name) => params[name]?.in === 'header')

/** The query that asks for these values, without those that are the default. */
export function writeQuery(params: Params, values: Record<string, string | number>): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, param] of Object.entries(params)) {
    const value = values[name]
    if (param.in === 'query' && value !== undefined && value !== param.default) query.set(name, String(value))
  }
  return query
}
