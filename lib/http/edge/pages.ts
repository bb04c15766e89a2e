import { EXPOSED } from '../pages'
import type { Asked } from './asked'
import { type Fields, without } from './fields'

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'
/** Seconds that a browser may keep our word on what it may send. */
const PREFLIGHT_S = '600'

/** The origin's own word on pages, that of this edge takes its place. */
const REPLACED = new Set(['access-control-allow-origin', 'access-control-expose-headers', 'timing-allow-origin'])

/** An answer's fields with what lets the page that asked read them. Made for each answer, never stored. */
export function shownTo(page: string | undefined, fields: Fields): Fields {
  if (page === undefined) return fields
  return [
    ...without(fields, REPLACED),
    'Access-Control-Allow-Origin',
    page,
    'Access-Control-Expose-Headers',
    EXPOSED,
    'Timing-Allow-Origin',
    page,
    'Vary',
    'Origin',
  ]
}

/** The answer to a preflight of a page that may ask; undefined where the request is none. */
export function preflightOf({ method, page, headers }: Asked): Fields | undefined {
  if (method !== 'OPTIONS' || page === undefined || headers['access-control-request-method'] === undefined) {
    return undefined
  }
  const asked = headers['access-control-request-headers']
  return [
    'Access-Control-Allow-Origin',
    page,
    'Access-Control-Allow-Methods',
    METHODS,
    ...(asked === undefined ? [] : ['Access-Control-Allow-Headers', asked]),
    'Access-Control-Max-Age',
    PREFLIGHT_S,
    'Vary',
    'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  ]
}

/** Read the origins of the pages that may ask. Throws where one is none. */
export function readPages(pages: readonly string[]): ReadonlySet<string> {
  for (const page of pages) {
    if (!URL.canParse(page) || new URL(page).origin !== page) {
      throw new Error(`pages has ${JSON.stringify(page)}: it takes origins, such as http://127.0.0.1:3000.`)
    }
  }
  return new Set(pages)
}
