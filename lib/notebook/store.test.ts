import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notebook } from '../origin/schema'
import { type TestContext, testContext } from '../testing/context'
import type { NewItem, NotebookItem } from './items'
import { ITEMS } from './limits'
import type { NotebookStore } from './store'
import { command, newLearner, prediction } from './testing'

/** Notebooks in the tests' real Postgres. */

let test: TestContext
let store: NotebookStore
beforeAll(() => {
  test = testContext()
  store = test.context.notebook
})
afterAll(() => test.context.close())

const put = (learner: string, ...items: NotebookItem[]) => store.patch(learner, { put: items, drop: [] })
const ids = async (learner: string) => (await store.read(learner)).map(({ id }) => id).sort()
const rowsOf = (learner: string) =>
  test.context.database.db.select().from(notebook).where(eq(notebook.learner, learner))
const age = (learner: string, days: number) =>
  test.context.database.db
    .update(notebook)
    .set({ usedAt: sql`now() - ${`${days} days`}::interval` })
    .where(eq(notebook.learner, learner))

describe('notebookStore', () => {
  it('gives back what was put, to its learner alone', async () => {
    const [mine, theirs] = [newLearner(), newLearner()]
    const item = prediction({ ask: 'What is `x`, "y" or <b>z</b>? 😀' })
    await put(mine, item)
    expect(await store.read(mine)).toEqual([item])
    expect(await store.read(theirs)).toEqual([])
  })

  it('lets the later version stand, in whatever order they come', async () => {
    const learner = newLearner()
    await put(learner, command('a', 5, 'five'))
    await put(learner, command('a', 4, 'four'))
    await put(learner, command('a', 5, 'five again'))
    expect(await store.read(learner)).toEqual([command('a', 5, 'five')])
    await put(learner, command('a', 7, 'seven'), command('a', 6, 'six'))
    expect(await store.read(learner)).toEqual([command('a', 7, 'seven')])
  })

  it('drops by id, and puts what is both dropped and put', async () => {
    const learner = newLearner()
    await put(learner, command('a'), command('b'))
    await store.patch(learner, { put: [command('b', 0)], drop: ['command:a', 'command:b', 'command:no-such'] })
    expect(await store.read(learner)).toEqual([command('b', 0)])
  })

  it('clears one lesson, then all, and no other learner', async () => {
    const [mine, theirs] = [newLearner(), newLearner()]
    for (const learner of [mine, theirs]) await put(learner, command('a'), prediction())
    await store.clear(mine, 'same-value-for-ten-seconds')
    expect(await ids(mine)).toEqual(['command:a'])
    await store.clear(mine)
    expect(await ids(mine)).toEqual([])
    expect(await ids(theirs)).toEqual(['command:a', 'prediction:a-thousand-requests'])
  })

  it('takes 2,000 items, and refuses one more without keeping any of it', async () => {
    const learner = newLearner()
    for (let at = 0; at < ITEMS; at += 200) {
      await put(learner, ...Array.from({ length: 200 }, (_, i) => command(`${at + i}`)))
    }
    const more = store.patch(learner, { put: [command('one-more'), command('0', 9)], drop: [] })
    await expect(more).rejects.toMatchObject({ code: 'notebook-full' })
    const kept = await store.read(learner)
    expect(kept).toHaveLength(ITEMS)
    expect(kept).toContainEqual(command('0'))
    // One that is there already, and one in the place of another, need no more room.
    await put(learner, command('0', 9))
    await store.patch(learner, { put: [command('one-more')], drop: ['command:1'] })
    expect(await ids(learner)).toContain('command:one-more')
  })

  it('counts two writers at once one after the other', async () => {
    const learner = newLearner()
    for (let at = 0; at < ITEMS - 100; at += 100) {
      await put(learner, ...Array.from({ length: 100 }, (_, i) => command(`${at + i}`)))
    }
    const batch = (name: string) => Array.from({ length: 100 }, (_, i) => command(`${name}-${i}`))
    const both = await Promise.allSettled([put(learner, ...batch('a')), put(learner, ...batch('b'))])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await ids(learner)).toHaveLength(ITEMS)
  })

  it('removes what nobody opened for 400 days, and keeps what was only read', async () => {
    const [old, read] = [newLearner(), newLearner()]
    for (const learner of [old, read]) await put(learner, command('a'))
    await age(old, 401)
    await age(read, 399)
    expect(await ids(read)).toEqual(['command:a'])
    await store.removeOld()
    expect(await rowsOf(old)).toEqual([])
    // To have read it was to use it.
    const [row] = await rowsOf(read)
    expect(Date.now() - Number(row?.usedAt)).toBeLessThan(86_400_000)
  })

  it('leaves out a row that is not of this version', async () => {
    const learner = newLearner()
    await put(learner, command('a'), command('b'))
    await test.context.database.db
      .update(notebook)
      .set({ item: { kind: 'doodle' } })
      .where(sql`${notebook.learner} = ${learner} and ${notebook.id} = 'command:a'`)
    expect(await ids(learner)).toEqual(['command:b'])
  })

  it('notes what a check saw, with the server’s time, and nothing for nobody', async () => {
    const learner = newLearner()
    const exercise: NewItem = {
      id: 'exercise:x',
      kind: 'exercise',
      lesson: 'one-process',
      exercise: 'x',
      seen: ['#1 miss'],
    }
    await store.note(learner, exercise)
    expect(await store.read(learner)).toEqual([{ ...exercise, at: test.clock.now() }])
    await expect(store.note(undefined, exercise)).resolves.toBeUndefined()
  })
})
