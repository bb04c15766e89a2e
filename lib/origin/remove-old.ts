import { type AnyColumn, type SQLWrapper, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Database } from './database'

/** Rows that one statement removes, so that none takes long, and statements of one sweep; the next sweep takes the rest. */
const ROWS = 1_000
const STATEMENTS = 50

/** A moment before now. Postgres's clock decides, because other processes of the app write to the same tables. */
export const ago = (time: string): SQLWrapper => sql`now() - ${time}::interval`

/** Removes rows whose `column` is older than `age`, such as `30 days`: at most 50,000, in statements of 1,000. */
export async function removeOld({ db }: Database, table: PgTable, column: AnyColumn, age: string): Promise<void> {
  for (let statement = 0; statement < STATEMENTS; statement += 1) {
    const some = sql`select ctid from ${table} where ${column} < ${ago(age)} limit ${ROWS}`
    const { rowCount } = await db.execute(sql`delete from ${table} where ctid = any(array(${some}))`)
    if ((rowCount ?? 0) < ROWS) return
  }
}
