import { isTarget, type Target } from '@/app/lab/targets'
import type { Catalog } from '@/lib/catalog'

export type CatalogResource = Catalog['resources'][number]
export type CatalogStrategy = Catalog['strategies'][number]

/** What is asked for and how: what the forms of both panels fill in. Texts are as typed: the server judges them. */
export interface Setup {
  resource: string
  strategy: string
  /** Seconds. */
  ttl: string
  /** By parameter; what is not here has its default. */
  params: Readonly<Record<string, string>>
  /** Where a single request goes. A load has settings of its own for that. */
  to: Target
  /** Header fields of a single request, of those that its answer varies by. */
  headers: Readonly<Record<string, string>>
}

/** What a lesson may say of a set-up; the rest comes from the resource's declaration. */
export interface SetupProps {
  resource?: string
  strategy?: string
  ttl?: number
  params?: Record<string, string | number>
  to?: string
  headers?: Record<string, string>
}

/** Find a resource. Throws where there is none: a lesson that names one that is gone fails the build. */
export function resourceOf(catalog: Catalog, id: string): CatalogResource {
  const found = catalog.resources.find((resource) => resource.id === id)
  if (!found) throw new Error(`There is no resource ${id}`)
  return found
}

/** Find a strategy. Throws where there is none. */
export function strategyOf(catalog: Catalog, id: string): CatalogStrategy {
  const found = catalog.strategies.find((strategy) => strategy.id === id)
  if (!found) throw new Error(`There is no strategy ${id}`)
  return found
}

/** Fill in what is left out from the resource's declaration. */
export function setupOf(
  catalog: Catalog,
  { resource, strategy, ttl, params = {}, to = 'app', headers = {} }: SetupProps,
): Setup {
  const declared = resourceOf(catalog, resource ?? catalog.resources[0]?.id ?? '')
  return {
    resource: declared.id,
    strategy: strategyOf(catalog, strategy ?? declared.strategy).id,
    ttl: String(ttl ?? declared.ttl),
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])),
    to: isTarget(to) ? to : 'app',
    headers,
  }
}

/** Whether a form shows a parameter: one that is seldom needed only where the set-up names it. */
export const isShown = (setup: Setup, name: string, param: CatalogResource['params'][string]): boolean =>
  setup.params[name] !== undefined || !('seldom' in param && param.seldom)

/** What a parameter is set to, as text. */
export const paramText = (setup: Setup, resource: CatalogResource, name: string): string =>
  setup.params[name] ?? String(resource.params[name]?.default ?? '')

/**
 * The address that a set-up asks: path and query. Parameters at their default are left out, the lab never is.
 * @param expires whether the strategy's entries have a date: only then is there a TTL.
 */
export function requestPath(
  setup: Setup,
  resource: CatalogResource,
  lab: string,
  expires = setup.strategy !== 'none',
): string {
  const path = resource.id.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(paramText(setup, resource, name)),
  )
  const query = new URLSearchParams()
  for (const [name, param] of Object.entries(resource.params)) {
    const text = paramText(setup, resource, name)
    if (param.in === 'query' && text !== String(param.default)) query.set(name, text)
  }
  query.set('cache', setup.strategy)
  if (expires) query.set('ttl', setup.ttl)
  query.set('lab', lab)
  return `/api/${path}?${query}`
}

/** The resource's parameters for a run config: numbers as numbers, where they are such. */
export function runParams(setup: Setup, resource: CatalogResource): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(resource.params).map(([name, param]) => {
      const text = paramText(setup, resource, name)
      const number = Number(text)
      return [name, param.kind === 'number' && text.trim() !== '' && Number.isFinite(number) ? number : text]
    }),
  )
}

/** The header fields that a set-up sends: those of its resource that are not empty. */
export const sentHeaders = ({ headers }: Setup, resource: CatalogResource): Record<string, string> =>
  Object.fromEntries(
    resource.headers.flatMap(({ name }) => {
      const value = headers[name]?.trim()
      return value ? [[name, value]] : []
    }),
  )

/** The equal `curl`. `-i` shows the headers. */
export function curlCommand(address: string, path: string, headers: Readonly<Record<string, string>> = {}): string {
  const fields = Object.entries(headers).map(([name, value]) => `-H '${name}: ${value.replaceAll("'", "'\\''")}' `)
  return `curl -i ${fields.join('')}'${address}${path}'`
}
