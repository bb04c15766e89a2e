import { randomUUID } from 'node:crypto'
import { drizzle } from 'drizzle-orm/node-postgres'
import { Client } from 'pg'
import { inject } from 'vitest'
import { makeTables } from '../origin/prepare'
import type { ServiceAddress } from '../settings'

/** Makes a database with our tables and no rows in the tests' Postgres, for a test that no other may write to. */
export async function emptyDatabase(): Promise<{ address: ServiceAddress; drop(): Promise<void> }> {
  const shared = inject('services').postgres
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const own = new URL(shared.url)
  own.pathname = `/${name}`
  await connected(shared.url, (client) => client.query(`create database ${name}`))
  await connected(own.href, (client) => makeTables(drizzle(client)))
  return {
    address: { ...shared, url: own.href },
    drop: () => connected(shared.url, async (client) => void (await client.query(`drop database ${name} (force)`))),
  }
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
