import { problem } from '../http/problem'
import { isAway } from './database'

/** Ask Postgres. Throws `postgres-unavailable` where it does not answer; a faulty statement stays what it is. */
export async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw isAway(cause) ? problem('postgres-unavailable', {}, { cause }) : cause
  }
}
