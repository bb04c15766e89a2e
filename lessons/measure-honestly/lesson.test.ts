import { expect, it } from 'vitest'
import type { Report } from '@/lib/runs/report'
import { command, hit, judge } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { measureHonestly, stallingRun } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

/** Longer than the lesson's, so that on a busy machine, too, a hit is far from a miss. */
const DELAY_MS = 1_000
/** What a miss takes, milliseconds: the first of these beside which a hit takes next to nothing on this machine. */
const DELAYS_MS = [400, 1_500, 5_000]
const NEXT_TO_NOTHING = 0.15
const REQUESTS = 72

/** Some hit, some wait for the origin. Made once for all that is said of it. */
let mixture: Promise<{ report: Report; delay: number }> | undefined
const mixed = (bench: Bench) => (mixture ??= mix(bench))
async function mix({ run }: Bench): Promise<{ report: Report; delay: number }> {
  for (const delay of DELAYS_MS) {
    const report = await run({
      resource: 'slow-value',
      strategy: 'memory',
      params: { delay },
      ttl: delay / 1000,
      mode: 'open',
      rate: (REQUESTS / (3 * delay)) * 1000,
      durationMs: 3 * delay,
      connections: 40,
    })
    if (report.latencyMs.p50 < NEXT_TO_NOTHING * delay) return { report, delay }
  }
  throw new Error('this machine is too busy for any of the delays')
}

/** 20 of the requests miss, one on each connection; the others find what these have stored. */
const manyHits = ({ run }: Bench, requests: number, start: 'cold' | 'warm' = 'cold') =>
  run({
    resource: 'slow-value',
    strategy: 'memory',
    params: { delay: DELAY_MS },
    ttl: 60,
    requests,
    connections: 20,
    start,
  })

let crowds: Promise<Report[]> | undefined
const crowded = (bench: Bench) => (crowds ??= crowd(bench))
const crowd = async (bench: Bench) => [
  await manyHits(bench, 40),
  await manyHits(bench, 1_000),
  await manyHits(bench, 2_500),
]

/** The same server that stalls, under both loops, as in the lesson but shorter. */
let loops: Promise<{ closed: number; open: number }> | undefined
const bothLoops = (bench: Bench) => (loops ??= underBoth(bench))
async function underBoth({ run }: Bench) {
  const base = { resource: 'stalling', strategy: 'none', connections: 2 } as const
  // One client, as a busy machine answers so few that the second would make a hundredth of them wait.
  const closed = await run({ ...base, connections: 1, requests: 3_000 })
  // Two whole periods, evenly: chance, which the lesson leaves in, may put few requests into the beginning of a stall.
  const open = await run({ ...base, mode: 'open', rate: 200, durationMs: 4_000, arrivals: 'even' })
  const p99 = (mode: 'closed' | 'open') => stallingRun([closed, open], mode)?.latencyMs.p99 ?? Number.NaN
  return { closed: p99('closed'), open: p99('open') }
}

testClaims('measure-honestly', {
  'a-polite-load-hides-it': async (bench) => {
    const { closed, open } = await bothLoops(bench)
    expect(closed).toBeLessThan(open / 3)
  },
  'the-stall-is-there': async (bench) => {
    const { open } = await bothLoops(bench)
    // Two stalls of 200 ms, and 80 of 800 requests in them: the eighth slowest waited for most of one, and then its turn.
    expect(open).toBeGreaterThan(150)
  },
  'nobody-near-the-mean': async (bench) => {
    expect(measured('where-the-mean-is')(bench.seen([(await mixed(bench)).report]))).toBeLessThan(15)
  },

  'one-hump-each': async (bench) => {
    const { report, delay } = await mixed(bench)
    const { outcomes, latencyMs } = report
    expect(outcomes.hit).toBeGreaterThan(outcomes.miss)
    expect(latencyMs.p50).toBeLessThan(latencyMs.mean)
    expect(latencyMs.p95).toBeGreaterThanOrEqual(delay)
  },

  'p99-is-a-miss': async (bench) => {
    const [half, most] = await crowded(bench)
    expect([half?.hitRate, most?.hitRate]).toEqual([0.5, 0.98])
    expect(most?.latencyMs.mean).toBeLessThan((half?.latencyMs.mean ?? 0) / 2)
    expect(measured('where-p99-stays')(bench.seen(await crowded(bench)))).toBe('stays')
  },

  'below-one-in-a-hundred': async (bench) => {
    const [, most, nearlyAll] = await crowded(bench)
    expect(nearlyAll?.hitRate).toBeGreaterThan(0.99)
    expect(nearlyAll?.handlerMs?.p99).toBeLessThan((most?.handlerMs?.p99 ?? 0) / 2)
  },

  'the-first-is-slower': async (bench) => {
    const reports = [await manyHits(bench, 100), await manyHits(bench, 100, 'warm')]
    expect(reports.map(({ originCalls }) => originCalls)).toEqual([20, 0])
    expect(measured('the-first-run')(bench.seen(reports))).toBeGreaterThan(1.5)
  },
})

it('passes requests from outside with their command, and counts none of a run', () => {
  const check = measureHonestly.exercises[0]?.check
  if (!check) throw new Error('there is an exercise')
  const requests = (run?: string) => Array.from({ length: 200 }, (_, i) => hit(i, { run }))
  const hey = command("hey -n 200 -c 10 'http://127.0.0.1:3000/api/slow-value?cache=memory&lab=a'")
  expect(judge(check, ...requests(), hey).status).toBe('passed')
  expect(judge(check, ...requests('run-1'), hey).status).toBe('open')
  expect(judge(check, ...requests(), command('cat access.log')).status).toBe('failed')
})
