import { count, eq } from 'drizzle-orm'
import { asking } from './asking'
import type { Database } from './database'
import { tasks } from './schema'

/** How many seeded tasks are done: a scan of the whole table, since there is no index on the status. One statement. */
export async function countDone({ db }: Database): Promise<number> {
  const [row] = await asking(() => db.select({ done: count() }).from(tasks).where(eq(tasks.status, 'done')))
  return row?.done ?? 0
}
