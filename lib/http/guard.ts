import { isLoopback } from './loopback'
import { isOwnAddress, OWN_ADDRESSES } from './own-addresses'
import { type Problem, problem } from './problem'

/** What a refused `Host` should have been. A server on loopback takes every name of this machine. */
export const acceptedHosts = (hosts: readonly string[] = []): string => ['127.0.0.1', 'localhost', ...hosts].join(', ')

/**
 * Who may ask. The app listens where any page in the reader's browser can reach it, so a request must name a host of
 * ours (against DNS rebinding), and must come from our own pages or from a client other than a browser.
 *
 * Over plain HTTP from another machine browsers send no `Sec-Fetch-*`. There a page of another site still has to send
 * `Origin` with everything but a GET or HEAD, and `SameSite` keeps our cookies from all that it loads or submits. What
 * a GET without either field cannot prove is that no other site caused it: an image of that site can read a resource in
 * the public lab or in one whose name it knows, as any program on the network can. A link that the reader follows from
 * there carries the reader's cookies too. In both cases the browser keeps the response from that site, and no GET
 * changes more than counters and cache entries.
 * @param hosts further host names that are ours, without port; {@link OWN_ADDRESSES} stands for those of the machine.
 */
export function guard(request: { headers: Pick<Headers, 'get'> }, hosts: readonly string[] = []): Problem | undefined {
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

/** Returns the name in a Host field, in lower case and without its port. */
export const nameIn = (host: string): string => host.toLowerCase().replace(/:\d{1,5}$/, '')

/** Whether a Host field names one of our hosts, at any port. An address is safe to take: no DNS entry can claim it. */
export function isOurs(host: string, hosts: readonly string[] = []): boolean {
  const name = nameIn(host)
  if (isLoopback(name)) return true
  return hosts.some((own) => (own === OWN_ADDRESSES ? isOwnAddress(name) : own === name))
}

/** Whether a browser asks, by the fields that a request has: browsers say from which page it comes, and only they do. */
export const isFromBrowser = (has: (field: string) => boolean): boolean =>
  ['sec-fetch-site', 'origin', 'referer'].some(has)

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
