import { allOf } from '@/lib/checks/all-of'
import { isBenchmark } from '@/lib/checks/command'
import { commandRecorded } from '@/lib/checks/command-recorded'
import { rowsShow } from '@/lib/checks/rows-show'
import { OUTCOMES } from '@/lib/reading'
import type { Report } from '@/lib/runs/report'
import { defineLesson, type Seen } from '../lesson'

/** Further from the mean than this nobody would call “about the mean”. */
const ABOUT = 0.2
/** More than anybody sends by hand. */
const FROM_A_TERMINAL = 200

/** The share of the requests, 0 to 1, whose round trip took about as long as the mean. Bins that reach into it count whole. */
export function shareAboutMean({ latencyMs: { mean }, distribution, requests }: Report): number {
  const [from, to] = [mean * (1 - ABOUT), mean * (1 + ABOUT)]
  const near = distribution.filter(({ fromMs, toMs }) => toMs > from && fromMs < to)
  return requests === 0 ? 0 : near.reduce((sum, { count }) => sum + count, 0) / requests
}

/** The last run on the slow value with a hit rate in these bounds. */
const runThatHit = ({ reports }: Seen, least: number, most: number) =>
  reports.findLast(({ config, hitRate }) => config.resource === 'slow-value' && hitRate >= least && hitRate <= most)

/** The last run of this loop on the server that stalls. */
export const stallingRun = (reports: readonly Report[], mode: Report['config']['mode']): Report | undefined =>
  reports.findLast(({ config }) => config.resource === 'stalling' && config.mode === mode)

const runFrom = ({ reports }: Seen, start: Report['config']['start']) =>
  reports.findLast(({ config }) => config.strategy === 'memory' && config.start === start)

export const measureHonestly = defineLesson({
  slug: 'measure-honestly',
  title: 'Measure honestly',
  summary:
    'Percentiles and the mean, the first run, closed and open loops, and a benchmark from the terminal, flag by flag.',
  minutes: { core: 5, optional: 3 },
  goals: [
    'Say what a mean, a median and p99 tell, and when the mean tells nothing.',
    'Predict what a better hit rate does to p99, and what it does not.',
    'Make two runs that can be compared, and name what would spoil it.',
    'Put load on an address with hey, wrk or k6, and read what they print.',
  ],
  prerequisites: ['Lesson 1: p50, p95 and p99 in a report.', 'Lesson 8: connections = throughput × latency.'],
  experiments: [
    {
      id: 'where-the-mean-is',
      question: 'Hits are fast, misses are slow. How many are like the mean?',
      predict: {
        kind: 'number',
        ask: 'About two thirds of the requests hit; the others wait 500 ms. What share of all requests takes about as long as the mean, give or take a fifth?',
        unit: '%',
        min: 0,
        max: 100,
        measure({ reports }) {
          const mixed = reports.findLast(({ outcomes }) => outcomes.hit > 0 && outcomes.miss > 0)
          return mixed && shareAboutMean(mixed) * 100
        },
      },
    },
    {
      id: 'where-p99-stays',
      question: 'The hit rate rises from 50 % to 98 %. What does p99 do?',
      predict: {
        kind: 'choice',
        ask: 'In the first run half of the requests miss and take 200 ms. In the second two in a hundred do. What becomes of p99?',
        options: [
          { id: 'hit', label: 'It falls to what a hit costs' },
          { id: 'falls', label: 'It falls to about half' },
          { id: 'stays', label: 'It stays where it was' },
        ],
        measure(seen) {
          const half = runThatHit(seen, 0.4, 0.6)
          const nearlyAll = runThatHit(seen, 0.97, 0.985)
          if (!half?.handlerMs?.p99 || !nearlyAll?.handlerMs) return undefined
          const left = nearlyAll.handlerMs.p99 / half.handlerMs.p99
          return left > 0.55 ? 'stays' : left > 0.2 ? 'falls' : 'hit'
        },
      },
    },
    {
      id: 'a-server-that-stalls',
      question: 'A server stands still for 200 ms, every two seconds. Does your benchmark notice?',
      predict: {
        kind: 'number',
        ask: 'Two clients in a closed loop ask 4,000 times, while the server stands still for a tenth of the time. What will the report say p99 is?',
        unit: 'ms',
        min: 0,
        max: 300,
        measure: ({ reports }) => stallingRun(reports, 'closed')?.latencyMs.p99,
      },
    },
    {
      id: 'the-first-run',
      question: 'The same command twice. Do you believe the first?',
      predict: {
        kind: 'number',
        ask: 'You make the same run twice, and leave what is kept in between. How many times as long does a request take on average in the first?',
        unit: '×',
        min: 0.1,
        max: 100,
        step: 0.1,
        measure(seen) {
          const cold = runFrom(seen, 'cold')
          const warm = runFrom(seen, 'warm')
          return cold && warm && warm.latencyMs.mean > 0 ? cold.latencyMs.mean / warm.latencyMs.mean : undefined
        },
      },
    },
  ],
  exercises: [
    {
      id: 'from-a-terminal',
      title: 'Seen from both ends',
      task: [
        `Put load on an address of this app from a terminal, with hey, wrk, k6 or another tool: ${FROM_A_TERMINAL} requests or more. Use the command under a load panel, which names your lab.`,
        'Watch them arrive in the log of this page.',
        'Record the command, so that you can run it again.',
      ],
      hints: [
        'The requests count where they reach your lab. Its name is in the address, after `lab=`.',
        'Copy the command under one of the panels above into a terminal of this machine. No hey there? `ab`, `oha` and `npx autocannon` will do.',
        "`hey -n 1000 -c 50 '<address>/api/slow-value?cache=memory&lab=<your lab>'`, then paste it into the field here.",
      ],
      check: allOf(
        rowsShow({
          say: `${FROM_A_TERMINAL} requests that no run of the page has made`,
          expects: `${FROM_A_TERMINAL} requests from outside`,
          times: FROM_A_TERMINAL,
          is: ({ run, tier, kind }) =>
            run === undefined && tier === undefined && OUTCOMES.some((outcome) => outcome === kind),
        }),
        commandRecorded({
          say: 'The command that sent them',
          expects: 'a benchmark with its target: hey, wrk, k6, ab, oha or autocannon',
          is: isBenchmark,
        }),
      ),
    },
  ],
  recall: [
    {
      id: 'nobody-is-average',
      ask: 'Nine of ten requests take 2 ms, one takes 300 ms. The mean is 32 ms. How many take about 32 ms?',
      options: ['Most', 'About half', 'None'],
      answer: 2,
      why: 'The mean lies between the two humps, where nobody is. p50 tells you of the one hump, p95 of the other.',
    },
    {
      id: 'when-p99-falls',
      ask: 'Misses take 200 ms, hits 1 ms. From which hit rate on does p99 show a hit?',
      options: ['Over 50 %', 'Over 90 %', 'Over 99 %'],
      answer: 2,
      why: 'p99 leaves one request in a hundred above it. As long as more than one in a hundred misses, it is a miss.',
    },
    {
      id: 'hey-is-a-closed-loop',
      ask: '`hey -c 50` runs, and the server stands still for a second. How many requests does hey send in that second?',
      options: ['As many as before', '50 at most, which then wait', 'None at all, ever again'],
      answer: 1,
      why: 'Each of its 50 workers waits for its answer. In a closed loop the load goes easy on a server just when it struggles.',
    },
    {
      id: 'run-it-twice',
      ask: 'You run hey without a cache, then twice with one, and compare. Which of the last two do you take?',
      options: [
        'The first: the other one is flattered',
        'The second: the first still had to fill the cache',
        'It depends on the question, so say which one it was',
      ],
      answer: 2,
      why: 'Cold tells what a restart costs, warm what a day is like. Wrong is only to compare a cold run with a warm one without saying so.',
    },
  ],
  remember: [
    'With a cache there are two humps. p50 is about hits, p99 about misses, and the mean is about nobody.',
    'p99 falls when fewer than one request in a hundred misses, and not before. To bring it down sooner, make the miss faster.',
    'Change one thing, keep all else the same, run it again, and write the command down.',
  ],
})
