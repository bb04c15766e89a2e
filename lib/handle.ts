import type { Context } from './context'
import { guard } from './http/guard'
import { asProblem, problem, problemResponse } from './http/problem'
import { isStorable, STORABLE } from './http/storable'
import { routes } from './routes'

/**
 * Answer a request to `/api` or `/healthz`: the one handler that Next's routes and bare Node servers mount. It never
 * rejects; every error is a problem. The guard comes first, whoever hosts it.
 */
export async function handle(request: Request, context: Context): Promise<Response> {
  const response = await answer(request, context).catch((error: unknown) => problemResponse(asProblem(error)))
  response.headers.set('x-worker', context.worker)
  if (request.method !== 'HEAD') return response
  await response.body?.cancel()
  return new Response(null, response)
}

async function answer(request: Request, context: Context): Promise<Response> {
  const refused = guard(request, context.settings.hosts)
  if (refused) throw refused

  const url = new URL(request.url)
  for (const { pattern, methods } of routes) {
    const match = pattern.exec(url.pathname)
    if (!match) continue
    const allow = [...Object.keys(methods), ...('GET' in methods ? ['HEAD'] : []), 'OPTIONS'].join(', ')
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } })

    const respond = methods[request.method === 'HEAD' ? 'GET' : request.method]
    if (respond) return respond({ request, url, path: decoded(match.groups ?? {}), context })
    throw problem(
      'method-not-allowed',
      { parameter: 'method', given: request.method, accepted: allow },
      { headers: { allow } },
    )
  }
  throw problem('unknown-path', { parameter: 'path', given: url.pathname, accepted: 'an address listed at /reference' })
}

function decoded(groups: Record<string, string>): Record<string, string> {
  const values = Object.entries(groups).map(([parameter, given]): [string, string] => {
    const value = decode(given)
    if (isStorable(value)) return [parameter, value]
    throw problem('invalid-target', { detail: `${parameter} takes ${STORABLE}.`, parameter, given, accepted: STORABLE })
  })
  return Object.fromEntries(values)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw problem('invalid-target', { detail: 'The path is not percent-encoded as RFC 3986 asks.' }, { cause })
  }
}
