import { expect, it } from 'vitest'
import type { Report } from '@/lib/runs/report'
import { judge, rows } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { fixTheQuery } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

type Plan = 'n-plus-one' | 'join'

const listOf = (plan: Plan, cache: string) => `/api/tasks?owner=7&plan=${plan}&cache=${cache}`

/** Statements that the lab has sent to Postgres so far, an origin call after the other. */
const queriesIn = async ({ lab }: Bench) =>
  (await lab()).log.filter(({ kind }) => kind === 'origin').map(({ queries }) => queries)

const oneOwner = ({ run }: Bench, plan: Plan, columns = 'all') =>
  run({ resource: 'tasks', strategy: 'none', params: { owner: 7, plan, columns }, requests: 8, connections: 1 })

/** The lists of five owners in turn. Enough of them for a p50 where there is no cache, all of them where there is one. */
const fiveOwners = ({ run }: Bench, strategy: 'none' | 'redis', plan: Plan) =>
  run({
    resource: 'tasks',
    strategy,
    params: { plan, columns: 'needed' },
    requests: strategy === 'none' ? 10 : 100,
    connections: 1,
    keys: { kind: 'cycle', count: 5 },
  })

/** The runs of the second experiment, made once for all that is said of them. */
let runs: Promise<{ before: Report; cached: Report; mended: Report }> | undefined
const hidden = (bench: Bench) => (runs ??= hide(bench))
const hide = async (bench: Bench) => ({
  before: await fiveOwners(bench, 'none', 'n-plus-one'),
  cached: await fiveOwners(bench, 'redis', 'n-plus-one'),
  mended: await fiveOwners(bench, 'redis', 'join'),
})

/** Pages of 8 kB that the step of a plan looked at, wherever they were. */
function pagesOf(explain: string, step: string): number {
  const buffers = explain.slice(explain.indexOf(step)).match(/Buffers: shared(.*)/)?.[1] ?? ''
  return [...buffers.matchAll(/(?:hit|read)=(\d+)/g)].reduce((sum, [, pages]) => sum + Number(pages), 0)
}

testClaims('fix-the-query-first', {
  'queries-counted': async (bench) => {
    await bench.get(listOf('n-plus-one', 'none'))
    await bench.get(listOf('join', 'none'))
    expect(await queriesIn(bench)).toEqual([112, 1])
  },

  'the-same-list': async ({ get }) => {
    const byLoop = await get(listOf('n-plus-one', 'none'))
    const byJoin = await get(listOf('join', 'none'))
    expect(byLoop.status).toBe(200)
    expect(byLoop.text).toBe(byJoin.text)
  },

  'several-times-as-long': async (bench) => {
    const reports = [await oneOwner(bench, 'n-plus-one'), await oneOwner(bench, 'join')]
    expect(measured('one-list-two-ways')(bench.seen(reports))).toBeGreaterThan(2)
  },

  'fast-in-the-middle': async (bench) => {
    const { before, cached } = await hidden(bench)
    expect(cached.outcomes).toMatchObject({ hit: 95, miss: 5 })
    expect(cached.handlerMs?.p50).toBeLessThan((before.handlerMs?.p50 ?? 0) / 3)
  },

  'p99-is-the-query': async (bench) => {
    const { before, cached } = await hidden(bench)
    expect(measured('what-a-cache-hides')(bench.seen([before, cached]))).toBe('miss')
  },

  'the-join-helps-who-misses': async (bench) => {
    const { cached, mended } = await hidden(bench)
    expect(mended.hitRate).toBe(cached.hitRate)
    expect(mended.handlerMs?.p99).toBeLessThan((cached.handlerMs?.p99 ?? 0) / 2)
  },

  'a-write-makes-a-miss': async (bench) => {
    const { get, patch } = bench
    const path = listOf('n-plus-one', 'redis')
    const { tasks } = (await get(path)).body as { tasks: { id: number }[] }
    expect((await get(path)).outcome).toBe('hit')
    await patch(`/api/tasks/${tasks[0]?.id}`, { title: 'Renamed' })
    const next = await get(path)
    expect(next.outcome).toBe('miss')
    expect(next.text).toContain('Renamed')
    expect(await queriesIn(bench)).toEqual([112, 112])
  },

  'a-third-of-the-bytes': async (bench) => {
    const reports = [await oneOwner(bench, 'join'), await oneOwner(bench, 'join', 'needed')]
    const left = measured('only-what-is-shown')(bench.seen(reports))
    expect(left).toBeGreaterThan(33)
    expect(left).toBeLessThan(40)
  },

  'the-loop-moved': async ({ explain }) => {
    const { queries, statements } = await explain({ owner: 7, plan: 'join' })
    expect(queries).toBe(1)
    expect(statements[0]?.explain).toMatch(/comments_task_id .*loops=111/)
  },

  'fewer-columns-same-pages': async ({ explain }) => {
    const pages = async (columns: string) => {
      const { statements } = await explain({ owner: 7, plan: 'join', columns })
      const text = statements[0]?.explain ?? ''
      return ['Bitmap Heap Scan on tasks ', 'comments_task_id'].map((step) => pagesOf(text, step))
    }
    const all = await pages('all')
    for (const count of all) expect(count).toBeGreaterThan(100)
    expect(await pages('needed')).toEqual(all)
  },
})

it('passes the same list by fewer queries, and fails another one', () => {
  const check = fixTheQuery.exercises[0]?.check
  if (!check) throw new Error('there is an exercise')
  const list = (request: number, plan: Plan, owner: number, queries: number) => {
    const row = { resource: 'tasks', key: `tasks?owner=${owner}&plan=${plan}&columns=all`, strategy: 'none' }
    return rows(request, { ...row, kind: 'origin', tier: 'origin', queries }, { ...row, kind: 'bypass' })
  }
  expect(judge(check, list(1, 'n-plus-one', 7, 112), list(2, 'join', 7, 1)).status).toBe('passed')
  expect(judge(check, list(1, 'n-plus-one', 7, 112), list(2, 'join', 8, 1)).status).toBe('failed')
  expect(judge(check, list(1, 'n-plus-one', 7, 112), list(2, 'n-plus-one', 7, 112)).broken?.request).toBe(2)
})
