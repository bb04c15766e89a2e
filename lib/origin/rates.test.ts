import { request } from 'undici'
import { afterAll, expect, inject, test } from 'vitest'
import { CURRENCIES } from './currencies'
import { openRates } from './rates'

const { rates: address } = inject('services')
const rates = openRates(address)
afterAll(() => rates.close())

test('a rate is plausible, and dated', async () => {
  const before = Date.now()
  const { rate, quotedAt, ...pair } = await rates.get('USD', 'KRW')
  expect(pair).toEqual({ base: 'USD', target: 'KRW' })
  expect(rate).toBeGreaterThan(1_300)
  expect(rate).toBeLessThan(1_450)
  expect(Date.parse(quotedAt)).toBeGreaterThanOrEqual(before)
})

test('there and back is one', async () => {
  const [there, back] = await Promise.all([rates.get('EUR', 'JPY'), rates.get('JPY', 'EUR')])
  expect(there.rate * back.rate).toBeCloseTo(1, 3)
})

test('it quotes thirty currencies, and says so of others', async () => {
  expect(CURRENCIES).toHaveLength(30)
  const failure: unknown = await rates.get('USD', 'XXX').catch((error: unknown) => error)
  expect(failure).toMatchObject({ message: 'No rate of USD in XXX from the provider' })
  expect(String((failure as Error).cause)).toContain('400')
})

test.each([
  ['another host', { host: 'evil.test' }, 421],
  ['a page of another site', { origin: 'https://evil.test' }, 403],
  ['a page of another site, without Origin', { 'sec-fetch-site': 'cross-site' }, 403],
])('refuses %s', async (_, headers, status) => {
  const { statusCode, body } = await request(`${address.url}/rates?base=USD&target=EUR`, { headers })
  await body.dump()
  expect(statusCode).toBe(status)
})

test('answers whether it is there', async () => {
  expect(await rates.ping()).toBe(true)
  const nobody = openRates({ ...address, url: 'http://127.0.0.1:1' })
  expect(await nobody.ping()).toBe(false)
  await expect(nobody.get('USD', 'EUR')).rejects.toThrow('No rate of USD in EUR')
  await nobody.close()
})
