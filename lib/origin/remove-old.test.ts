import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { command, newLearner } from '../notebook/testing'
import { type TestContext, testContext } from '../testing/context'
import { emptyDatabase } from '../testing/database'
import { editTask, readTask, removeLeftEdits } from './edits'
import { removeOld } from './remove-old'
import { notebook, runs, taskEdits, tasks, users } from './schema'

/** What stays in Postgres, and for how long, in a database of this test's own. */

let own: Awaited<ReturnType<typeof emptyDatabase>>
let context: TestContext['context']
beforeEach(async () => {
  own = await emptyDatabase()
  context = testContext({ postgres: own.address }).context
  const { db } = context.database
  await db.insert(users).values({ id: 1, name: 'A', email: 'a@example.com' })
  await db.insert(tasks).values({ id: 1, title: 'T', status: 'todo', ownerId: 1, dueDate: '2026-01-01', notes: '' })
})
afterEach(async () => {
  await context.close()
  await own.drop()
})

const edit = (lab: string) => editTask(context.database, lab, 1, { title: `of ${lab}` })
const titleIn = async (lab: string) => (await readTask(context.database, lab, 1))?.title
const age = (lab: string, time: string) =>
  context.database.db.execute(
    sql`update ${taskEdits} set touched_at = now() - ${time}::interval where ${taskEdits.lab} = ${lab}`,
  )

describe('edits', () => {
  it('are removed a day after a lab left them, and not while the lab is in use', async () => {
    for (const lab of ['left', 'held', 'young']) await edit(lab)
    for (const lab of ['left', 'held']) await age(lab, '25 hours')
    await age('young', '23 hours')
    await removeLeftEdits(context.database, ['held'])
    expect(await Promise.all(['left', 'held', 'young'].map(titleIn))).toEqual(['T', 'of held', 'of young'])
    // Another process, which doesn't hold the lab, leaves its edits alone too.
    await removeLeftEdits(context.database, [])
    expect(await titleIn('held')).toBe('of held')
  })

  it('get young again when they are written', async () => {
    await edit('back')
    await age('back', '25 hours')
    await edit('back')
    await removeLeftEdits(context.database, [])
    expect(await titleIn('back')).toBe('of back')
  })
})

describe('removeOld', () => {
  it('removes more rows than one statement takes, and no young one', async () => {
    const { db } = context.database
    await db.execute(
      sql`insert into ${notebook} (learner, id, kind, at, item, used_at)
        select 'l', n::text, 'command', 0, '{}', now() - case when n = 1 then interval '1 hour' else interval '3 days' end
        from generate_series(1, 2500) n`,
    )
    await removeOld(context.database, notebook, notebook.usedAt, '2 days')
    expect(await db.select({ id: notebook.id }).from(notebook)).toEqual([{ id: '1' }])
  })
})

it('an app removes what is too old by itself: edits, runs, and notebooks', async () => {
  await context.close()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  context = testContext({ postgres: own.address }).context

  await edit('left')
  await edit('held')
  context.labs.get('held')
  for (const lab of ['left', 'held']) await age(lab, '25 hours')
  await context.notebook.patch(newLearner(), { put: [command('a')], drop: [] })
  await context.database.db.update(notebook).set({ usedAt: sql`now() - interval '401 days'` })
  const run = { id: randomUUID(), lab: 'held', status: 'done', config: {} }
  await context.database.db.insert(runs).values({ ...run, createdAt: sql`now() - interval '31 days'` })

  await vi.advanceTimersByTimeAsync(60_000)
  const left = async () => Promise.all([taskEdits, notebook, runs].map((table) => context.database.db.$count(table)))
  await expect.poll(left).toEqual([1, 0, 0])
  expect(await titleIn('held')).toBe('of held')
})
