import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '@/lib/runs/report'
import { type BenchAnswer, type Benches, openBenches, type Bench as ServerBench } from '@/lib/testing/bench'
import type { Seen, SentRequest } from './lesson'
import { readLesson } from './mdx'

/** A claim may run several loads, on a machine that is slow and busy. */
const CLAIM_MS = 120_000
/** As much of an answer as an experiment is shown. */
const SHOWN = 1_000

/** What a claim is tested on: a lab of its own on the real app. See lib/testing/bench.ts for what it can do. */
export interface Bench extends ServerBench {
  /** What an experiment would have seen: these reports, all answers to `get` so far, and the figures of a panel. */
  seen(reports?: readonly Report[], figures?: Seen['figures']): Seen
}

/**
 * The tests of a lesson's claims: one for each `<Claim id>` of its text, by that id. Fails where the text has a claim
 * without a test, a test has no claim, or an id is there twice. A claim has to hold on slow and noisy machines: test
 * ratios, counts and orders, never milliseconds.
 */
export function testClaims(slug: string, claims: Record<string, (bench: Bench) => Promise<void>>): void {
  describe(`what ${slug} claims`, () => {
    const stated = readLesson(slug).claims
    let benches: Benches
    beforeAll(async () => {
      benches = await openBenches()
    })
    afterAll(() => benches.close())

    it('is tested, all of it', () => {
      const ids = stated.map(({ id }) => id)
      expect(ids, 'no claim is there twice').toEqual([...new Set(ids)])
      expect(Object.keys(claims).toSorted(), 'each claim has its test').toEqual(ids.toSorted())
    })

    for (const [id, claim] of Object.entries(claims)) {
      const sentence = stated.find((each) => each.id === id)?.sentence ?? 'not in the text'
      it(`${id}: ${sentence}`, () => benches.use((bench) => claim({ ...bench, seen: seenOn(bench) })), CLAIM_MS)
    }
  })
}

const seenOn =
  ({ answers }: ServerBench): Bench['seen'] =>
  (reports = [], figures = {}) => ({
    reports,
    figures,
    sent: answers.filter(({ resource }) => resource !== '').map(asSent),
  })

const asSent = ({
  resource,
  strategy,
  to,
  asked,
  outcome,
  status,
  header,
  roundTripMs,
  text,
}: BenchAnswer): SentRequest => ({
  resource,
  strategy,
  to,
  asked,
  header: Object.fromEntries(['age', 'cache-status', 'x-version', 'x-worker'].map((name) => [name, header(name)])),
  outcome,
  status,
  by: 'network',
  roundTripMs,
  body: text.slice(0, SHOWN),
})
