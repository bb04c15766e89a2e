import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle } from '../handle'
import { RUN_HEADER, TERMINAL_RUN } from '../runs/run-header'
import { newTally } from '../runs/tally'
import { type TestContext, testContext } from '../testing/context'

/** Whether the log says of a request that it came from outside. */

let test: TestContext
beforeAll(() => {
  test = testContext()
})
afterAll(() => test.context.close())

async function outsideOf(lab: string, headers: Record<string, string>) {
  const url = `http://127.0.0.1:3000/api/public/config?cache=memory&lab=${lab}`
  await handle(new Request(url, { headers: { host: '127.0.0.1:3000', ...headers } }), test.context)
  const rows = test.context.labs.get(lab).log.since(0, 100).rows
  return rows.map(({ outside }) => outside ?? false)
}

describe('a row of the log', () => {
  it('is from outside where a program asked', async () => {
    const rows = await outsideOf('outside-1', { 'user-agent': 'hey/0.0.1' })
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows)).toEqual(new Set([true]))
    expect(new Set(await outsideOf('outside-2', { [RUN_HEADER]: TERMINAL_RUN }))).toEqual(new Set([true]))
  })

  it('is not where a page or a run asked', async () => {
    expect(new Set(await outsideOf('outside-3', { 'sec-fetch-site': 'same-origin' }))).toEqual(new Set([false]))
    expect(new Set(await outsideOf('outside-4', { referer: 'http://127.0.0.1:3000/' }))).toEqual(new Set([false]))
    expect(new Set(await outsideOf('outside-5', { [RUN_HEADER]: 'r1' }))).toEqual(new Set([false]))
  })

  it('is not while a run goes on, whose warm-up bears no mark', async () => {
    test.context.labs.get('outside-6').tallies.set('r1', newTally())
    expect(new Set(await outsideOf('outside-6', {}))).toEqual(new Set([false]))
  })
})
