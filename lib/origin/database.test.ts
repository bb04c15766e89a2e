import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest'
import { type Database, isAway, openDatabase } from './database'

/** Connections to the tests' real Postgres, which these tests cut. */

let database: Database
beforeAll(() => {
  database = openDatabase(inject('services').postgres)
})
afterAll(() => database.close())

const pidOf = async (db: Pick<Database['db'], 'execute'>) =>
  Number((await db.execute(sql`select pg_backend_pid() as pid`)).rows[0]?.pid)
/** Ends a backend as an operator would, and waits until it has ended. */
async function terminate(pid: number): Promise<void> {
  await database.db.execute(sql`select pg_terminate_backend(${pid})`)
  const left = () => database.db.execute(sql`select 1 from pg_stat_activity where pid = ${pid}`)
  await expect.poll(async () => (await left()).rows).toEqual([])
}

describe('a transaction', () => {
  it('rejects when its connection dies between two statements, and throws nothing past its caller', async () => {
    const uncaught = vi.fn()
    process.on('uncaughtException', uncaught)
    onTestFinished(() => void process.off('uncaughtException', uncaught))

    const cut = database.transaction(async (tx) => {
      await terminate(await pidOf(tx))
      await tx.execute(sql`select 1`)
    })
    const error: unknown = await cut.catch((reason: unknown) => reason)
    expect(isAway(error)).toBe(true)
    expect(uncaught).not.toHaveBeenCalled()
    expect(await database.ping()).toBe(true)
  })

  it('rejects when its connection dies during a statement', async () => {
    const cut = database.transaction(async (tx) => {
      const pid = await pidOf(tx)
      await Promise.all([tx.execute(sql`select pg_sleep(4)`), terminate(pid)])
    })
    expect(isAway(await cut.catch((reason: unknown) => reason))).toBe(true)
  })

  it('leaves nothing behind when its work fails', async () => {
    const failing = database.transaction(async (tx) => {
      await tx.execute(sql`create table hitrate.left_behind ()`)
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect((await database.db.execute(sql`select to_regclass('hitrate.left_behind') as found`)).rows).toEqual([
      { found: null },
    ])
  })

  it('writes nothing when it may only read', async () => {
    const writing = database.transaction((tx) => tx.execute(sql`create table hitrate.left_behind ()`), 'read only')
    expect(((await writing.catch((error: unknown) => error)) as Error).cause).toMatchObject({ code: '25006' })
  })
})
