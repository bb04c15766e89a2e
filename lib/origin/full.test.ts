import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { handle } from '../handle'
import type { ProblemBody } from '../http/problem'
import { command, newLearner } from '../notebook/testing'
import { type TestContext, testContext } from '../testing/context'

/** A Postgres that refuses writes, as it does on a full disk: a trigger raises the error, for one lab or learner. */

let test: TestContext
beforeAll(() => {
  test = testContext()
})
afterAll(() => test.context.close())

/** Has Postgres refuse the rows of one owner, and quote each refused row in the details, as it does itself. */
async function refuse(table: 'task_edits' | 'notebook', owner: string, sqlState: string): Promise<void> {
  const { db } = test.context.database
  const [name, column] = [`refuse_${randomUUID().replaceAll('-', '')}`, table === 'notebook' ? 'learner' : 'lab']
  await db.execute(
    sql.raw(`create function hitrate.${name}() returns trigger language plpgsql as $$ begin
      raise exception using errcode = '${sqlState}', message = 'could not extend file "base/5/16390"',
        detail = format('Failing row contains %s.', new);
    end $$`),
  )
  await db.execute(
    sql.raw(`create trigger ${name} before insert on hitrate.${table}
      for each row when (new.${column} = '${owner}') execute function hitrate.${name}()`),
  )
  onTestFinished(async () => void (await db.execute(sql.raw(`drop function hitrate.${name}() cascade`))))
}

const TEXT = 'what the learner wrote'
const newLab = () => `full-${randomUUID()}`
async function patch(path: string, body: unknown, cookie = '') {
  const headers = { host: '127.0.0.1:3000', 'content-type': 'application/json', cookie }
  const request = new Request(`http://127.0.0.1:3000${path}`, { method: 'PATCH', headers, body: JSON.stringify(body) })
  const response = await handle(request, test.context)
  return { status: response.status, code: response.ok ? undefined : ((await response.json()) as ProblemBody).code }
}
const write = (learner: string) =>
  patch('/api/notebook', { put: [command('a', 1, TEXT)] }, `hitrate-learner-9=${learner}`)

describe('a full disk', () => {
  it('is said of a write with a code of its own, and what is stored can still be read', async () => {
    const [learner, lab] = [newLearner(), newLab()]
    expect((await write(learner)).status).toBe(204)
    await refuse('notebook', learner, '53100')
    await refuse('task_edits', lab, '53100')
    expect(await write(learner)).toEqual({ status: 507, code: 'storage-full' })
    expect(await patch(`/api/tasks/5?lab=${lab}`, { title: TEXT })).toEqual({ status: 507, code: 'storage-full' })
    expect(await test.context.notebook.read(learner)).toHaveLength(1)
  })

  it('is not said of other resources that Postgres has too few of', async () => {
    const lab = newLab()
    await refuse('task_edits', lab, '53200')
    expect(await patch(`/api/tasks/5?lab=${lab}`, { title: TEXT })).toEqual({
      status: 503,
      code: 'postgres-unavailable',
    })
  })
})

describe('the terminal', () => {
  it.each(['53100', 'XX000'])('shows neither the learner nor their text when a write fails with %s', async (state) => {
    const [learner, lab] = [newLearner(), newLab()]
    await refuse('notebook', learner, state)
    await refuse('task_edits', lab, state)
    const shown: string[] = []
    const spies = (['error', 'warn', 'log'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...parts: unknown[]) => void shown.push(parts.map(String).join(' '))),
    )
    onTestFinished(() => spies.forEach((spy) => void spy.mockRestore()))

    const expected = state === '53100' ? 507 : 500
    expect((await write(learner)).status).toBe(expected)
    expect((await patch(`/api/tasks/5?lab=${lab}`, { title: TEXT })).status).toBe(expected)
    const text = shown.join('\n')
    for (const secret of [learner, TEXT]) expect(text).not.toContain(secret)
    // A fault of ours is shown, with its statement and without its values.
    if (expected === 500) expect(text).toMatch(/statement failed: insert into "hitrate"\."notebook"[\s\S]*XX000/)
  })
})
