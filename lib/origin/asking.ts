import { problem } from '../http/problem'
import { isAway, isFull } from './database'

/**
 * Queries Postgres. Throws `storage-full` when it has no space left, `postgres-unavailable` when it doesn't answer in time,
 * and the error itself for an invalid statement.
 */
export async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (isFull(cause)) throw problem('storage-full', {}, { cause })
    throw isAway(cause) ? problem('postgres-unavailable', {}, { cause }) : cause
  }
}
