import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Client } from 'pg'
import { innermostReason } from '../describe-error'
import { seed } from './seed'

/** Any number that no other program on a shared database takes for its own: "hitrate" on a telephone's keys. */
const LOCK = 4_487_283
const CONNECT_MS = 5_000

/** Makes the tables, or brings them up to date. */
export const makeTables = (db: NodePgDatabase): Promise<void> =>
  migrate(db, {
    migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)),
    migrationsSchema: 'hitrate',
    migrationsTable: 'migrations',
  })

/**
 * Makes the tables, or brings them up to date, and fills them. Two starts on one database wait for each other.
 * @param url as in {@link ServiceAddress}.
 * @returns the version of Postgres.
 * @throws with the innermost reason, without the values of the statement that failed.
 */
export async function prepare(url: string, progress: (text: string) => void = () => {}): Promise<string> {
  // A connection of its own: the pool's limits are for requests, and the lock belongs to a session.
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, application_name: 'hitrate' })
  // A connection that breaks rejects the query under way; an event that nobody hears would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    const db = drizzle(client)
    await db.execute(sql`select pg_advisory_lock(${LOCK})`)
    await makeTables(db)
    await seed(db, (done, total) =>
      progress(`seeding ${done.toLocaleString('en')} of ${total.toLocaleString('en')} rows`),
    )
    const { rows } = await db.execute<{ server_version: string }>(sql`show server_version`)
    return rows[0]?.server_version.split(' ')[0] ?? ''
  } catch (cause) {
    throw new Error(`The tables could not be made or filled: ${innermostReason(cause)}.`, { cause })
  } finally {
    await client.end()
  }
}
