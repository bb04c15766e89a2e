import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle } from '../handle'
import type { ProblemBody } from '../http/problem'
import { type TestContext, testContext } from '../testing/context'
import type { Explanation } from './explain'

/** Plans of the tests' real Postgres. */

let test: TestContext
beforeAll(() => {
  test = testContext()
})
afterAll(() => test.context.close())

const send = (target: string) =>
  handle(new Request(`http://127.0.0.1:3000${target}`, { headers: { host: '127.0.0.1:3000' } }), test.context)
const explain = async (query: string) => (await (await send(`/api/explain?${query}&lab=explain`)).json()) as Explanation
const list = async (query: string) => {
  const text = await (await send(`/api/tasks?${query}&lab=explain`)).text()
  return { bytes: Buffer.byteLength(text), tasks: (JSON.parse(text) as { tasks: unknown[] }).tasks.length }
}

describe('GET /api/explain', () => {
  it('explains the one statement of a join', async () => {
    const explained = await explain('owner=3')
    expect(explained).toMatchObject({ owner: 3, plan: 'join', columns: 'all', queries: 1 })
    expect(explained.statements).toHaveLength(1)
    const [statement] = explained.statements
    expect(statement?.times).toBe(1)
    expect(statement?.sql).toMatch(/^select .* left join .*"comments"/)
    expect(statement?.explain).toMatch(/actual time=/)
    expect(statement?.explain).toMatch(/Buffers: shared/)
    expect(statement?.executionMs).toBeGreaterThan(0)
    expect(statement?.explain).toContain(`Execution Time: ${statement?.executionMs.toFixed(3)} ms`)
  })

  it('explains the two kinds of statements of N+1, the second as often as there are tasks', async () => {
    const { tasks } = await list('owner=3&plan=n-plus-one')
    const explained = await explain('owner=3&plan=n-plus-one')
    expect(explained.queries).toBe(1 + tasks)
    expect(explained.statements.map(({ times }) => times)).toEqual([1, tasks])
    expect(explained.statements[0]?.sql).not.toContain('"comments"')
    expect(explained.statements[1]?.sql).toContain('"comments"')
  })

  it.each(['join', 'n-plus-one'])('weighs the answer of %s, and fewer columns weigh less', async (plan) => {
    const [all, needed] = [`owner=5&plan=${plan}`, `owner=5&plan=${plan}&columns=needed`]
    expect((await explain(all)).bytes).toBe((await list(all)).bytes)
    expect((await explain(needed)).bytes).toBe((await list(needed)).bytes)
    expect((await explain(needed)).bytes).toBeLessThan((await explain(all)).bytes / 2)
    expect((await explain(needed)).statements[0]?.sql.length).toBeLessThan(
      (await explain(all)).statements[0]?.sql.length ?? 0,
    )
  })

  it('counts nothing in the lab', async () => {
    const before = { ...test.context.labs.get('explain').counters }
    await explain('owner=4')
    expect(test.context.labs.get('explain').counters).toEqual(before)
  })

  it.each([
    ['owner=0', 'owner'],
    ['owner=1001', 'owner'],
    ['plan=best', 'plan'],
    ['columns=few', 'columns'],
    ['cache=redis', 'cache'],
  ])('refuses %s as /api/tasks would', async (query, parameter) => {
    const body = (await (await send(`/api/explain?${query}`)).json()) as ProblemBody
    expect(body).toMatchObject({ status: 400, parameter })
  })
})
