import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/**
 * Stands, among host names, for every address that this machine's interfaces have when a request arrives. Reads as what
 * it is in the list of accepted hosts; no `Host` field can spell it.
 */
export const OWN_ADDRESSES = 'an address of this machine'

/** How long a reading of the interfaces is good for: a stranger's requests must not make each one a reading. */
const FRESH_MS = 1_000

/** Lists the addresses by which other machines reach this one, as a URL spells them. */
export const ownAddresses = (): string[] =>
  read()
    // A link-local address of IPv6 means nothing without the name of the link.
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address))

/** Reports whether a host, as a `Host` field spells it without its port, is an address of this machine. */
export const isOwnAddress = openOwnAddresses()

/**
 * Makes a predicate that follows the interfaces as they change: a laptop that joins another Wi-Fi has another address.
 * @param parts.now in milliseconds, on a monotonic clock.
 */
export function openOwnAddresses(
  parts: { addresses: () => { address: string; family: 'IPv4' | 'IPv6' }[]; now: () => number } = {
    addresses: read,
    now: () => performance.now(),
  },
): (host: string) => boolean {
  let list = new BlockList()
  let readAt = Number.NEGATIVE_INFINITY
  return (host) => {
    const address = host.replace(/^\[(.*)\]$/, '$1')
    const family = isIP(address)
    if (family === 0) return false
    if (parts.now() - readAt >= FRESH_MS) {
      list = new BlockList()
      for (const own of parts.addresses()) list.addAddress(own.address, own.family === 'IPv6' ? 'ipv6' : 'ipv4')
      readAt = parts.now()
    }
    return list.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }
}

function read() {
  return Object.values(networkInterfaces()).flatMap((found) => found ?? [])
}
