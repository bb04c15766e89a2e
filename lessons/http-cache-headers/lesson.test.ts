import { expect } from 'vitest'
import type { Outcome } from '@/lib/reading'
import { judge } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { httpCacheHeaders } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

/** Ask again and again as a page does, and tell what each of it came to. */
async function asked(bench: Bench, strategy: string, times: number): Promise<Outcome[]> {
  const browser = bench.browser()
  const outcomes: Outcome[] = []
  for (let i = 0; i < times; i += 1) {
    outcomes.push((await browser.get(`/api/public/config?cache=${strategy}&ttl=10`)).outcome)
  }
  return outcomes
}

/** What the two witnesses of a page would have told of it. */
const figuresOf = (strategy: string, outcomes: readonly Outcome[]) => ({
  [`${strategy}:asked`]: outcomes.length,
  [`${strategy}:browser-hits`]: outcomes.filter((outcome) => outcome === 'hit').length,
  [`${strategy}:revalidated`]: outcomes.filter((outcome) => outcome === 'revalidated').length,
})

testClaims('http-cache-headers', {
  'the-first-alone': async (bench) => {
    const outcomes = await asked(bench, 'http', 5)
    expect(outcomes).toEqual(['miss', 'hit', 'hit', 'hit', 'hit'])
    expect((await bench.lab()).counters.requests).toBe(1)
    expect(measured('who-hears-of-it')(bench.seen([], figuresOf('http', outcomes)))).toBe('first')
  },

  'no-cache-keeps': async (bench) => {
    const outcomes = await asked(bench, 'no-cache', 2)
    expect(outcomes).toEqual(['miss', 'revalidated'])
    expect((await bench.lab()).counters).toMatchObject({ requests: 2, outcomes: { miss: 1, revalidated: 1 } })
    expect(measured('what-no-cache-does')(bench.seen([], figuresOf('no-cache', outcomes)))).toBe('304')
  },

  'no-store-forgets': async (bench) => {
    expect(await asked(bench, 'none', 2)).toEqual(['bypass', 'bypass'])
    expect((await bench.lab()).counters.requests).toBe(2)
    expect((await bench.get('/api/public/config?cache=none')).header('cache-control')).toBe('no-store')
  },

  'a-304-saves-the-body': async ({ get, lab }) => {
    const whole = await get('/api/public/config?cache=http')
    const etag = whole.header('etag')
    const confirmed = await get('/api/public/config?cache=http', { headers: { 'if-none-match': etag } })
    expect(whole.text.length).toBeGreaterThan(0)
    expect(confirmed).toMatchObject({ status: 304, text: '' })
    const { counters, log } = await lab()
    expect(counters.originCalls).toBe(2)

    const [exercise] = httpCacheHeaders.exercises
    const evidence = log.map((row) => ({ kind: 'row' as const, row }))
    expect(exercise && judge(exercise.check, evidence).status).toBe('passed')
  },

  scopes: async ({ get }) => {
    expect((await get('/api/public/config')).header('cache-control')).toBe('public, max-age=300')
    expect((await get('/api/tasks/7?cache=http')).header('cache-control')).toMatch(/^private, max-age=/)
  },

  'write-reaches-no-browser': async ({ browser, get, patch, lab, seen }) => {
    const path = '/api/tasks/7?cache=http&ttl=60'
    const page = browser()
    await page.get(path)
    const { header } = await get(path)
    await patch('/api/tasks/7', { title: 'Renamed' })
    const before = (await lab()).counters.requests
    const again = await page.get(path)
    expect(again.outcome).toBe('hit')
    expect((await lab()).counters.requests).toBe(before)

    const told = await get(path, { headers: { 'if-none-match': header('etag') } })
    expect(told).toMatchObject({ status: 200, body: { title: 'Renamed' } })

    const [sent] = seen().sent
    if (!sent) throw new Error('nothing was sent')
    const inPage = [sent, { ...sent, outcome: again.outcome, by: 'browser' as const }]
    expect(measured('not-called-back')({ ...seen(), sent: inPage })).toBe('old')
  },
})
