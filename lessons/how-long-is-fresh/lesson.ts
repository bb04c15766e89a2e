import { runShows } from '@/lib/checks/run-shows'
import type { Report } from '@/lib/runs/report'
import { defineLesson, type SentRequest } from '../lesson'
import { inPercent } from '../measure'

/** What the exercise asks for: the load, and how its answers have to be. */
const RATE = 40
const AT_LEAST_MS = 4_000
const CALLS = 20
const OLDEST_MS = 2_000

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`

/** Age of the oldest answer; undefined where clients answered themselves, of which the server does not hear. */
const oldest = ({ ageMs }: Report) => ageMs?.max

/** The rate of exchange that was answered. */
function rateIn({ body }: SentRequest): number | undefined {
  try {
    const { rate } = JSON.parse(body ?? '') as { rate?: unknown }
    return typeof rate === 'number' ? rate : undefined
  } catch {
    // An error page, or an answer that was cut.
    return undefined
  }
}

export const howLong = defineLesson({
  slug: 'how-long-is-fresh',
  title: 'How long is fresh?',
  summary: 'Choose a TTL with one line of arithmetic and one question: how often is it asked, and how wrong may it be?',
  minutes: { core: 6, optional: 4 },
  goals: [
    'Work out the hit rate of a TTL before you measure it.',
    'Say when a longer TTL is worth its price, and to whom.',
    'Tell fresh from true, and show an answer that is the one and not the other.',
    'Choose a TTL for a given load, and prove by a run that it holds.',
  ],
  prerequisites: ['Lesson 2: fresh and stale, hit rate and calls to the origin.', 'Lesson 5: what a write does.'],
  experiments: [
    {
      id: 'double-the-ttl',
      question: 'Twice the TTL. How much more does it hit?',
      predict: {
        kind: 'number',
        ask: 'One task is asked for 40 times a second. You double its TTL from 1 s to 2 s. By how many percentage points does the hit rate rise?',
        unit: '%',
        min: 0,
        max: 50,
        step: 0.1,
        measure({ figures }) {
          const shorter = figures['hitRate@1']
          const longer = figures['hitRate@2']
          return shorter === undefined || longer === undefined ? undefined : longer - shorter
        },
      },
    },
    {
      id: 'fresh-and-wrong',
      question: 'The label says “fresh”. Is the answer right?',
      predict: {
        kind: 'choice',
        ask: 'The rate was kept ten seconds ago and is good for thirty. You ask for it with `memory`, a hit, and at once again with `none`. Do both give the same rate?',
        options: [
          { id: 'same', label: 'Yes: the entry is still fresh' },
          { id: 'other', label: 'No: the provider has another one by now' },
        ],
        measure({ sent }) {
          const asked = sent.filter(({ resource }) => resource === 'exchange')
          const now = asked.findLastIndex(({ strategy, outcome }) => strategy === 'none' && outcome === 'bypass')
          const kept = asked.slice(0, Math.max(now, 0)).findLast(({ outcome }) => outcome === 'hit')
          const truth = asked[now]
          if (!kept || !truth) return undefined
          const [rateKept, rateNow] = [rateIn(kept), rateIn(truth)]
          if (rateKept === undefined || rateNow === undefined) return undefined
          return rateKept === rateNow ? 'same' : 'other'
        },
      },
    },
    {
      id: 'latency-against-staleness',
      question: 'A longer TTL saves time. How many of the answers are out of date?',
      predict: {
        kind: 'number',
        ask: 'One task is read 36 times a second and written 4 times, and no write reaches the cache. With a TTL of 2 s, how many of the reads are stale: older than what somebody had written before?',
        unit: '%',
        min: 0,
        max: 100,
        measure: ({ figures }) => figures['stale@2'],
      },
    },
    {
      id: 'spread-thin',
      question: 'The same load over 200 tasks. What is left of the hit rate?',
      predict: {
        kind: 'number',
        ask: 'Still 40 requests a second, still a TTL of 1 s. But now they are spread evenly over 200 tasks. What is the hit rate?',
        unit: '%',
        min: 0,
        max: 100,
        draw: 'hitRate',
        measure: ({ reports }) =>
          inPercent(
            reports.findLast(({ config: { strategy, keys } }) => strategy !== 'none' && keys.count === 200)?.hitRate,
          ),
      },
    },
  ],
  exercises: [
    {
      id: 'choose-a-ttl',
      title: 'Choose a TTL that holds',
      task: [
        'One task is asked for at least 40 times a second, for at least 4 s. Find a TTL with which:',
        'more than 90 % of the requests hit,',
        `the origin is called at most ${CALLS} times,`,
        'and no answer is older than 2 s. Set it below, and run.',
      ],
      hints: [
        'Two of the three want a long TTL, one wants a short one. Which of them bounds it from above?',
        'The oldest answer is about one TTL old. And the origin is called about once a TTL: the run lasts 5 s.',
        'A TTL of 1.5 s: no answer is older than that, the formula gives 98 %, and the origin is called some four times.',
      ],
      check: runShows({
        say: 'A run for one task in open loop, at 40 requests a second or more, of 4 s or more',
        which: ({ resource, mode, rate = 0, durationMs = 0, keys }) =>
          resource === 'tasks/{id}' &&
          mode === 'open' &&
          rate >= RATE &&
          durationMs >= AT_LEAST_MS &&
          keys.kind === 'one',
        shows: [
          {
            say: 'No answer older than 2 s',
            expects: 'no answer older than 2 s',
            is: (report) => (oldest(report) ?? Number.POSITIVE_INFINITY) <= OLDEST_MS,
            found: (report) => {
              const age = oldest(report)
              return age === undefined ? 'answers whose age nobody knows' : `an oldest answer of ${seconds(age)}`
            },
          },
          {
            say: 'More than 90 % hits',
            expects: 'a hit rate over 90 %',
            is: ({ hitRate }) => hitRate > 0.9,
            found: ({ hitRate }) => `a hit rate of ${(hitRate * 100).toFixed(1)} %`,
          },
          {
            say: `At most ${CALLS} calls to the origin`,
            expects: `at most ${CALLS} calls to the origin`,
            is: ({ originCalls }) => originCalls <= CALLS,
            found: ({ originCalls }) => `${originCalls} calls to the origin`,
          },
        ],
      }),
    },
  ],
  recall: [
    {
      id: 'nine-in-ten',
      ask: 'A key is asked for 3 times a second. Which TTL makes nine requests in ten a hit?',
      options: ['0.3 s', '3 s', '30 s', '300 s'],
      answer: 1,
      why: 'Each miss is followed by λT hits. For nine of them, λT has to be 9: with 3 requests a second that takes 3 s.',
    },
    {
      id: 'fresh-is-not-true',
      ask: 'What does it tell you that an answer is fresh?',
      options: [
        'That the origin would give the same answer now',
        'That its TTL has not passed yet',
        'That nobody has written since it was stored',
      ],
      answer: 1,
      why: 'Fresh is a statement about a clock. Whether it is still true only the origin knows, and a hit does not ask it.',
    },
    {
      id: 'ten-times-the-traffic',
      ask: 'A hot key has a TTL of 5 s, and its traffic grows tenfold. What becomes of the calls to its origin?',
      options: ['Ten times as many', 'About as many as before', 'A tenth'],
      answer: 1,
      why: 'The origin is called about once a TTL, however many ask in between. This is why caches pay off most where most people ask.',
    },
    {
      id: 'the-long-tail',
      ask: 'A page is asked for about once an hour. Its TTL is 60 s. What does the cache do for it?',
      options: ['It makes every second request a hit', 'Next to nothing', 'It keeps it fresh'],
      answer: 1,
      why: 'λT is 1/60, so one request in sixty hits. Each key lives by its own rate, and not by that of the whole site.',
    },
  ],
  remember: [
    'Each miss buys λT hits, so the hit rate is λT / (1 + λT), for each key by its own rate.',
    'How wrong it may be bounds the TTL from above. Below that, take the shortest that spares the origin enough.',
    'Fresh means before its date, and not true. Where you hear of a change, cross the entry out; the TTL is the net below.',
  ],
})
