import { defineStrategy, keepsNothing, noStore, toEntry } from './strategy'
import { startTrace } from './trace'

/** No cache: every request calls the origin. It is what the others are measured against. */
export const none = defineStrategy({
  id: 'none',
  title: 'No cache',
  summary: 'Every request calls the origin.',
  tiers: [],
  file: 'lib/strategies/none.ts',
  http: false,
  expires: false,
  writes: 'nothing kept',
  headers: noStore,

  create: ({ clock }) => ({
    ...keepsNothing,
    async read(_key, load) {
      const trace = startTrace(clock)
      const loaded = await trace.origin(load)
      return trace.end('bypass', loaded && toEntry(loaded, clock.now(), 0))
    },
  }),
})
