import { defineResource } from './resource'

/** The lesson's first example: the time of day, made slow by a delay that is added on purpose. */
export const slowValue = defineResource({
  id: 'slow-value',
  title: 'A slow value',
  about: 'The time at which it was computed. Takes as long as you tell it to.',
  params: {
    delay: {
      kind: 'number',
      in: 'query',
      min: 0,
      max: 5_000,
      default: 200,
      unit: 'ms',
      about: 'Delay added on purpose to each computation',
    },
  },
  strategy: 'none',
  ttl: 10,
  capacity: 100,
  scope: 'public',
  simulated: 'The delay is added on purpose; nothing is computed in it.',
  key: ({ delay }) => (delay === 200 ? 'slow-value' : `slow-value?delay=${delay}`),
  async load({ delay }, origin) {
    const addedMs = await origin.delay(delay)
    const at = origin.now()
    return { value: { value: new Date(at).toISOString() }, version: at, addedMs }
  },
})
