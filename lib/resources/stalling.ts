import { defineResource } from './resource'

/** A server that stands still now and then, as one does that collects garbage, so that it can be seen who notices. */
export const stalling = defineResource({
  id: 'stalling',
  title: 'A server that stalls',
  about: 'Answers at once, but stands still for a while at the end of each period.',
  params: {
    every: {
      kind: 'number',
      in: 'query',
      min: 500,
      max: 10_000,
      default: 2_000,
      unit: 'ms',
      about: 'The period, counted from the full second',
    },
    stall: {
      kind: 'number',
      in: 'query',
      min: 0,
      max: 2_000,
      default: 200,
      unit: 'ms',
      about: 'Stall added on purpose at the end of each: who asks meanwhile waits until it is over',
    },
  },
  strategy: 'none',
  ttl: 10,
  capacity: 100,
  scope: 'public',
  simulated: 'The stall is added on purpose; the process itself goes on.',
  key: ({ every, stall }) => (every === 2_000 && stall === 200 ? 'stalling' : `stalling?every=${every}&stall=${stall}`),
  async load({ every, stall }, origin) {
    const at = origin.now()
    const left = every - (at % every)
    const addedMs = left <= stall ? await origin.delay(left) : 0
    return { value: { value: new Date(at).toISOString() }, version: at, addedMs }
  },
})
