import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Database, openDatabase } from './database'
import { prepare } from './prepare'
import { SEEDED } from './seed'

const { postgres } = inject('services')
let database: Database
beforeAll(() => {
  database = openDatabase(postgres)
})
afterAll(() => database.close())

const rows = async (of: Database, query: ReturnType<typeof sql>) => (await of.db.execute(query)).rows
const counts = sql`select (select count(*)::int from hitrate.users) as users,
  (select count(*)::int from hitrate.tasks) as tasks, (select count(*)::int from hitrate.comments) as comments`

describe('the seeded rows', () => {
  test('are as many as promised', async () => {
    expect(await rows(database, counts)).toEqual([SEEDED])
  })

  test('are the same on every machine', async () => {
    // Row by row as text, so that a change of any column of any row shows.
    const digest = (table: string, columns: string) =>
      rows(
        database,
        sql`select md5(string_agg(md5(row(${sql.raw(columns)})::text), '' order by id)) as md5
          from hitrate.${sql.identifier(table)}`,
      )
    expect({
      users: await digest('users', 'id, name, email'),
      tasks: await digest(
        'tasks',
        "id, title, status, owner_id, due_date, notes, version, updated_at at time zone 'utc'",
      ),
      comments: await digest('comments', "id, task_id, author_id, body, created_at at time zone 'utc'"),
    }).toMatchInlineSnapshot(`
      {
        "comments": [
          {
            "md5": "1e15d4428297b6f8d5f761b8138915c9",
          },
        ],
        "tasks": [
          {
            "md5": "ef35cd3873edfdac1714dcbfcbb027bd",
          },
        ],
        "users": [
          {
            "md5": "a333f2075bdd3edde5384e14e77c04b6",
          },
        ],
      }
    `)
  })

  test('read like those of a real team', async () => {
    const [found] = await rows(
      database,
      sql`select min(length(notes)) >= 200 and max(length(notes)) <= 400 as notes,
        count(distinct title) > 30000 as titles,
        (select min(n) > 50 and max(n) < 150 from (select count(*) as n from hitrate.tasks group by owner_id) as x) as owners
        from hitrate.tasks`,
    )
    expect(found).toEqual({ notes: true, titles: true, owners: true })
  })

  test('are found by their indexes', async () => {
    const plan = async (query: ReturnType<typeof sql>) => JSON.stringify(await rows(database, sql`explain ${query}`))
    expect(await plan(sql`select * from hitrate.tasks where owner_id = 7`)).toContain('tasks_owner_id')
    expect(await plan(sql`select * from hitrate.comments where task_id = 7`)).toContain('comments_task_id')
  })
})

describe('in a database of its own', () => {
  const name = `half_${process.pid}`
  const address = { ...postgres, url: postgres.url.replace('/postgres?', `/${name}?`) }
  let half: Database
  beforeAll(async () => {
    await database.db.execute(sql`create database ${sql.identifier(name)}`)
    half = openDatabase(address)
  })
  afterAll(async () => {
    await half.close()
    await database.db.execute(sql`drop database ${sql.identifier(name)} with (force)`)
  })

  test('a seed that is cut off leaves nothing, and the next one is whole', async () => {
    const terminate = sql`select pg_terminate_backend(pid) as cut from pg_stat_activity where datname = ${name}`
    let cut: Promise<unknown> | undefined
    const seeding = prepare(address.url, () => {
      cut ??= rows(database, terminate)
    })
    await expect(seeding).rejects.toThrow()
    expect(await cut).toEqual([{ cut: true }])
    expect(await rows(half, counts)).toEqual([{ users: 0, tasks: 0, comments: 0 }])

    // Two at once: one seeds, the other waits and finds it done.
    const seen: string[] = []
    await Promise.all([
      prepare(address.url, (text) => seen.push(text)),
      prepare(address.url, (text) => seen.push(text)),
    ])
    expect(await rows(half, counts)).toEqual([SEEDED])
    expect(seen).toHaveLength(new Set(seen).size)
    const [{ keys } = { keys: 0 }] = await rows(
      half,
      sql`select count(*)::int as keys from pg_constraint where contype = 'f' and connamespace = 'hitrate'::regnamespace`,
    )
    expect(keys).toBe(4)
  }, 120_000)
})
