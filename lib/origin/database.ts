import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { Pool, type QueryConfig } from 'pg'
import type { ServiceAddress } from '../settings'
import * as schema from './schema'

/** Connections that one process holds at most: more than two cores can use, fewer than a run asks for at once. */
const CONNECTIONS = 10
const CONNECT_MS = 2_000
/** A statement is ended by Postgres after this long. */
const STATEMENT_MS = 5_000
/** A Postgres that hangs ends nothing: then we stop waiting. */
const ANSWER_MS = 6_000
const PING_MS = 500

type Db = NodePgDatabase<typeof schema>

export interface Database {
  db: Db
  /**
   * Runs `work` in a transaction on one connection, and commits it. When anything fails, the connection is closed, which
   * undoes the transaction without waiting for a Postgres that may hang.
   */
  transaction<T>(work: (tx: Db) => Promise<T>, access?: 'read only'): Promise<T>
  /** Whether it answers now. Takes 500 ms at most and never rejects. */
  ping(): Promise<boolean>
  close(): Promise<void>
}

/** Open a pool. It connects when first used, and again after a connection was lost. */
export function openDatabase(address: ServiceAddress): Database {
  const pool = new Pool({
    connectionString: address.url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    // Kept open: connecting costs ten queries' time, and would show in a lesson's chart.
    idleTimeoutMillis: 0,
    keepAlive: true,
    application_name: 'hitrate',
  })
  // A connection that breaks emits an error, which would end the process if nothing listened: on the pool while it is
  // idle, on the client itself while a transaction holds it. Its query rejects, and the next one opens a connection.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))

  return {
    db: drizzle(pool, { schema }),
    // Not Drizzle's: its pool loses the connection for good when `begin` fails, and ten of those lose the database.
    async transaction(work, access) {
      const client = await pool.connect()
      let done = false
      try {
        const tx = drizzle(client, { schema })
        await tx.execute(access === 'read only' ? sql`begin read only` : sql`begin`)
        const result = await work(tx)
        await tx.execute(sql`commit`)
        done = true
        return result
      } finally {
        client.release(!done)
      }
    },
    async ping() {
      // `query_timeout` does not cover the wait for a connection.
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), PING_MS)
      })
      const asked = pool.query({ text: 'select 1', query_timeout: PING_MS } as QueryConfig).then(
        () => true,
        () => false,
      )
      return Promise.race([asked, late]).finally(() => clearTimeout(timer))
    },
    async close() {
      await pool.end()
    },
  }
}

/** Failures of the way to Postgres, as Node names them. */
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
/** SQLSTATE of a statement that found the disk, or a quota of it, full. */
const DISK_FULL = '53100'
/**
 * SQLSTATE classes and codes of a Postgres that can't answer now, and may later: connection exceptions, resources other
 * than the disk (memory, connections, temporary files), shutdown, crash, starting up, idle limits, a statement that took
 * longer than it may, lost against another (deadlock, lock, serialization), or reached a standby.
 */
const AWAY_STATES = /^(08...|53(?!100)...|57P0[1-5]|57014|25P03|25006|40001|40P01|55P03)$/
/** What pg itself says without a code. */
const AWAY_MESSAGES =
  /^(connection terminated|timeout exceeded when trying to connect|query read timeout)|is not queryable/i

/** Whether an error says that Postgres had no space left for what it was to write. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && (('code' in error && error.code === DISK_FULL) || isFull(error.cause))
}

/** Whether an error says that Postgres is away or does not answer in time, and not that we asked something wrong. */
export function isAway(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isAway)) return true
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (AWAY_CODES.has(code) || AWAY_STATES.test(code) || AWAY_MESSAGES.test(error.message)) return true
  return isAway(error.cause)
}
