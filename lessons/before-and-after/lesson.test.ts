import { expect, it } from 'vitest'
import type { Report } from '@/lib/runs/report'
import { command, judge } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { beforeAfter } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

const DELAY_MS = 200

const thirty = ({ run }: Bench, strategy: 'none' | 'memory') =>
  run({ resource: 'slow-value', strategy, requests: 30, connections: 5 })

/** Both runs of the experiment, made once for all that is said of them. */
let pair: Promise<{ before: Report; after: Report }> | undefined
const compared = (bench: Bench) => (pair ??= compare(bench))
const compare = async (bench: Bench) => ({ before: await thirty(bench, 'none'), after: await thirty(bench, 'memory') })

testClaims('before-and-after', {
  'down-together': async (bench) => {
    const { before, after } = await compared(bench)
    expect(after.durationMs).toBeLessThan(before.durationMs)
    expect(after.latencyMs.mean).toBeLessThan(before.latencyMs.mean)
    expect([before.originCalls, after.originCalls]).toEqual([30, 5])
  },

  'five-still-miss': async (bench) => {
    const { after } = await compared(bench)
    expect(after.outcomes).toMatchObject({ miss: 5, hit: 25 })
    expect(after.latencyMs.max).toBeGreaterThanOrEqual(DELAY_MS)
  },

  'one-round-in-place-of-six': async (bench) => {
    const { before, after } = await compared(bench)
    expect(before.durationMs).toBeGreaterThanOrEqual(6 * DELAY_MS)
    expect(after.durationMs).toBeGreaterThanOrEqual(DELAY_MS)
    expect(measured('thirty-requests')(bench.seen([before, after]))).toBeGreaterThan(1.5)
  },

  'one-write-five-keys': async ({ get, patch, lab }) => {
    const { ownerId } = (await get('/api/tasks/1?cache=memory')).body as { ownerId: number }
    for (const plan of ['join', 'n-plus-one']) {
      for (const columns of ['all', 'needed']) {
        await get(`/api/tasks?owner=${ownerId}&plan=${plan}&columns=${columns}&cache=memory`)
      }
    }
    expect((await lab()).total.memory).toBe(5)
    await patch('/api/tasks/1', { title: 'Renamed' })
    const { log, total } = await lab()
    expect(log.filter(({ kind }) => kind === 'invalidation')).toHaveLength(5)
    expect(total.memory).toBe(0)
  },

  'more-asked-more-saved': async ({ run }) => {
    const asked = (rate: number) =>
      run({
        resource: 'tasks/{id}',
        strategy: 'memory',
        ttl: 0.5,
        mode: 'open',
        rate,
        durationMs: 1_500,
        connections: 1,
      })
    const saved = ({ requests, originCalls }: Report) => requests - originCalls
    const rarely = await asked(4)
    const often = await asked(200)
    expect(saved(often)).toBeGreaterThan(10 * Math.max(saved(rarely), 1))
    expect(often.hitRate).toBeGreaterThan(rarely.hitRate)
  },
})

it('is done with a before, an after and a command, and not where the conditions differ', async () => {
  const check = beforeAfter.exercises[0]?.check
  if (!check || !pair) throw new Error('there is an exercise, and the runs were made')
  const { before, after } = await pair
  const told = (report: Report) => ({ kind: 'report' as const, report })
  const hey = command("hey -n 30 -c 5 'http://127.0.0.1:3000/api/slow-value?cache=memory'")
  expect(judge(check, told(before), told(after), hey).status).toBe('passed')
  expect(judge(check, told(before), told(after)).status).toBe('open')
  const wider = { ...after, config: { ...after.config, connections: 20 } }
  expect(judge(check, told(before), told(wider), hey).broken?.found).toContain('connections')
})
