/** Names that resolve to this machine whatever DNS says (RFC 6761, 6.3), and the addresses of its loopback interface. */
const NAMES = /^([a-z0-9_-]+\.)*localhost\.?$/
const IPV4 = /^127(\.\d{1,3}){3}$/
/** `::1`, and addresses of IPv4 in the two notations that IPv6 has for them (RFC 4291, 2.5.5.2). */
const IPV6 = /^::(1|ffff:127(\.\d{1,3}){3}|ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})$/

/**
 * Reports whether a host name or address is this very machine's, so that no other machine can answer for it.
 * @param host as a URL's `hostname` or a `Host` field without its port has it; an address of IPv6 with brackets or without.
 */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  return NAMES.test(name) || IPV4.test(name) || IPV6.test(name)
}
