import { isLoopback } from './loopback'
import { type Problem, problem } from './problem'

/** What a refused `Host` should have been. A server on loopback takes every name of this machine. */
export const acceptedHosts = (hosts: readonly string[] = []): string => ['127.0.0.1', 'localhost', ...hosts].join(', ')

/**
 * Who may ask. The app listens where any page in the reader's browser can reach it, so a request must name a host of
 * ours (against DNS rebinding), and must come from our own pages or from a client that is no browser.
 * @param hosts further host names that are ours, without port.
 */
export function guard(request: Request, hosts: readonly string[] = []): Problem | undefined {
  const host = request.headers.get('host') ?? ''
  if (!isOurs(host, hosts)) {
    return problem('foreign-host', { parameter: 'Host', given: host, accepted: acceptedHosts(hosts) })
  }

  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const foreignSite = site !== null && site !== 'same-origin' && site !== 'none'
  if (foreignSite || (origin !== null && originHost(origin) !== host)) {
    return problem('foreign-origin', {
      parameter: foreignSite ? 'Sec-Fetch-Site' : 'Origin',
      given: foreignSite ? (site ?? '') : (origin ?? ''),
      accepted: foreignSite ? 'same-origin, none' : `http://${host}`,
    })
  }
}

/** Whether a Host field names one of our hosts, at any port. */
export function isOurs(host: string, hosts: readonly string[] = []): boolean {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, '')
  return isLoopback(name) || hosts.includes(name)
}

/** Whether a browser asks, by the fields that a request has: browsers say from which page it comes, and only they do. */
export const isFromBrowser = (has: (field: string) => boolean): boolean =>
  ['sec-fetch-site', 'origin', 'referer'].some(has)

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
