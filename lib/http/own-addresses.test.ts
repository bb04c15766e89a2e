import { networkInterfaces } from 'node:os'
import { expect, it, vi } from 'vitest'
import { isOurs } from './guard'
import { OWN_ADDRESSES, openOwnAddresses } from './own-addresses'

it('follows the interfaces as they change', () => {
  let now = 0
  let addresses = [{ address: '192.168.1.5', family: 'IPv4' as 'IPv4' | 'IPv6' }]
  const isOwn = openOwnAddresses({ addresses: () => addresses, now: () => now })
  expect([isOwn('192.168.1.5'), isOwn('10.0.0.7')]).toEqual([true, false])
  addresses = [
    { address: '10.0.0.7', family: 'IPv4' },
    { address: '2001:db8::7', family: 'IPv6' },
  ]
  now = 1_000
  expect([isOwn('192.168.1.5'), isOwn('10.0.0.7'), isOwn('[2001:db8:0::7]')]).toEqual([false, true, true])
})

it('reads the interfaces once a second at most, and for addresses only', () => {
  let now = 0
  const addresses = vi.fn(() => [])
  const isOwn = openOwnAddresses({ addresses, now: () => now })
  for (const host of ['evil.test', '', '10.0.0.1', '10.0.0.2', '[::2]']) expect(isOwn(host)).toBe(false)
  expect(addresses).toHaveBeenCalledTimes(1)
  now = 1_000
  isOwn('10.0.0.1')
  expect(addresses).toHaveBeenCalledTimes(2)
})

it('lets a request name an address of this machine if the app listens on all of them', () => {
  const [first] = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  const host = first?.family === 'IPv6' ? `[${first.address}]` : (first?.address ?? '127.0.0.1')
  expect(isOurs(`${host}:3000`, [OWN_ADDRESSES])).toBe(true)
  expect(isOurs('192.0.2.1:3000', [OWN_ADDRESSES])).toBe(false)
  expect(isOurs(OWN_ADDRESSES, [OWN_ADDRESSES])).toBe(false)
})
