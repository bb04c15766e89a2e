import type { Clock } from '../reading'
import type { RedisClient } from './client'

/** A fault is lifted by itself after this long, so that nobody wonders tomorrow where Redis is. */
export const FAULT_MS = 300_000

/** What is made to go wrong on purpose. */
export interface FaultSwitch {
  isAway(): boolean
  set(away: boolean): void
}

/** A switch that is off, and goes off by itself {@link FAULT_MS} after it was last set to away. */
export function faultSwitch(clock: Clock): FaultSwitch {
  // Not by the time of day, which may be set anew.
  let until = Number.NEGATIVE_INFINITY
  return {
    isAway: () => clock.elapsed() < until,
    set(away) {
      until = away ? clock.elapsed() + FAULT_MS : Number.NEGATIVE_INFINITY
    },
  }
}

/**
 * Redis, gone for those who see it through here while the switch says so: commands reject at once, as they do when
 * Redis is known to be away, and nobody else's are touched.
 */
export const withFaults = (client: RedisClient, { isAway }: FaultSwitch): RedisClient => ({
  ...client,
  run: (work) => (isAway() ? Promise.reject(new Error('Redis is away, on purpose')) : client.run(work)),
  ping: async () => !isAway() && (await client.ping()),
})
