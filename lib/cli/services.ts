import { startPostgres } from '../origin/start'
import { startRates } from '../origin/start-rates'
import { startRedis } from '../redis/start'
import type { Settings } from '../settings'
import type { Service } from './service'

export type Backing = Pick<Settings, 'redis' | 'postgres' | 'rates'>

export interface Services {
  addresses: Backing
  stop: () => Promise<void>
}

export interface ServicesOptions {
  /** Told of each as soon as it is there, with the milliseconds that it took. */
  started?: (service: Service, ms: number) => void
  /** Told of what takes long. */
  progress?: (text: string) => void
  /** Told of a service that died and is started again. */
  log?: (line: string) => void
}

/** Find or start all that backs the app, at the same time. Where one fails, those that did start are ended again. */
export async function startServices({ started = () => {}, progress, log }: ServicesOptions = {}): Promise<Services> {
  const timed = async (starting: Promise<Service>) => {
    const before = performance.now()
    const service = await starting
    started(service, performance.now() - before)
    return service
  }
  const outcomes = await Promise.allSettled([
    timed(startRedis({ log })),
    timed(startPostgres({ progress, log })),
    timed(startRates(log)),
  ])
  const stop = async () => {
    await Promise.all(outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.stop()] : [])))
  }
  const [redis, postgres, rates] = outcomes
  if (redis.status === 'fulfilled' && postgres.status === 'fulfilled' && rates.status === 'fulfilled') {
    const addresses = { redis: redis.value.address, postgres: postgres.value.address, rates: rates.value.address }
    return { addresses, stop }
  }
  await stop()
  throw outcomes.find((outcome) => outcome.status === 'rejected')?.reason
}
