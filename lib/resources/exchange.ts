import { problem } from '../http/problem'
import { CURRENCIES } from '../origin/currencies'
import { defineResource } from './resource'

/** Pairs that memory may hold: the `maxsize=128` of the lesson that this course comes from. */
const PAIRS = 128

const SOURCES = CURRENCIES.length
const TARGETS = CURRENCIES.length - 1

/** A call to somebody else's server, slow by nature and paid by the call: worth remembering. */
export const exchange = defineResource({
  id: 'exchange',
  title: 'Exchange rate',
  about: 'What one unit of a currency costs in another, asked of a rate provider over HTTP.',
  params: {
    base: { kind: 'choice', in: 'query', options: CURRENCIES, default: 'USD', about: 'Currency to convert from' },
    target: { kind: 'choice', in: 'query', options: CURRENCIES, default: 'KRW', about: 'Currency to convert to' },
  },
  strategy: 'none',
  ttl: 60,
  capacity: PAIRS,
  scope: 'public',
  simulated: 'The provider is simulated: a server of its own on this machine that answers in about 120 ms.',
  key: ({ base, target }) => `exchange/${base}-${target}`,
  async load({ base, target }, origin) {
    const quote = await origin.rates.get(base, target).catch((cause: unknown) => {
      throw problem('rates-unavailable', {}, { cause })
    })
    return { value: quote, version: Date.parse(quote.quotedAt) }
  },
  keys: {
    max: SOURCES * TARGETS,
    nth(n) {
      const from = n % SOURCES
      const to = Math.floor(n / SOURCES) % TARGETS
      return { base: CURRENCIES[from] ?? 'USD', target: CURRENCIES[(from + 1 + to) % SOURCES] ?? 'USD' }
    },
  },
})
