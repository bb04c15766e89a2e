import { allOf } from '@/lib/checks/all-of'
import { beforeAndAfter } from '@/lib/checks/before-and-after'
import { isBenchmark, isTuning } from '@/lib/checks/command'
import { commandRecorded } from '@/lib/checks/command-recorded'
import { defineLesson } from '../lesson'
import { ratioOf } from '../measure'

export const beforeAfter = defineLesson({
  slug: 'before-and-after',
  title: 'Before and after',
  summary: 'Prove what a cache brought under identical conditions, count what it costs, and choose the next one.',
  minutes: { core: 3, optional: 2 },
  goals: [
    'Show a before and an after that somebody else can make again.',
    'Say beforehand how much a cache can bring at most.',
    'Count what a cache adds to a program: states, failures, entries to cross out.',
    'Work out what it saves, in connections and cores.',
    'Choose between HTTP, memory, Redis, a better query and no cache at all.',
  ],
  prerequisites: ['Lesson 9: identical conditions.', 'All the others, for the table at the end.'],
  experiments: [
    {
      id: 'thirty-requests',
      question: 'Thirty requests, before and after. How much sooner is it over?',
      predict: {
        kind: 'number',
        ask: '30 requests over 5 connections, each call to the origin takes 200 ms, a hit next to nothing. How many times as long does the whole run take without a cache as with one?',
        unit: '×',
        min: 0.1,
        max: 200,
        step: 0.1,
        measure: (seen) =>
          ratioOf(
            seen,
            ({ durationMs }) => durationMs,
            { resource: 'slow-value', strategy: 'none' },
            { resource: 'slow-value', strategy: 'memory' },
          ),
      },
    },
  ],
  exercises: [
    {
      id: 'definition-of-done',
      title: 'Done means shown',
      task: [
        'Before: run any resource with `none`, with a number of requests and not for a time.',
        'After: run the very same with a cache. Change the strategy, and nothing else.',
        'Record one command of a benchmark or of a tuning.',
      ],
      hints: [
        'The panel above can do it, and so can the playground with a resource of your own choice.',
        'If it says that more than the strategy differed, run `none` once more: the last run without a cache is the “before”.',
        "Run `none`, then `memory`, in the panel above as it stands. Then record: `hey -n 30 -c 5 'http://127.0.0.1:3000/api/slow-value?cache=memory'`",
      ],
      check: allOf(
        beforeAndAfter(),
        commandRecorded({
          say: 'One command of a benchmark or of a tuning, recorded',
          expects: 'a benchmark with its target (hey, wrk, k6, …), or a server with a tuning (uvicorn --loop …)',
          is: (text) => isBenchmark(text) || isTuning(text),
        }),
      ),
    },
  ],
  recall: [
    {
      id: 'the-misses-bound-it',
      ask: 'A page is asked for 1,000 times, and 200 of those requests still miss. How much less can the origin work, at best?',
      options: ['A fifth less', 'Down to a fifth', 'Down to a hundredth'],
      answer: 1,
      why: '200 of 1,000 calls are left, whatever a hit costs. Count the misses, and you know the limit before you run.',
    },
    {
      id: 'connections-saved',
      ask: '100 requests a second, 95 % hits, and a query of 40 ms. How many database connections does the cache keep free?',
      options: ['About 4', 'About 40', '95'],
      answer: 0,
      why: '95 calls a second are saved, each of which held a connection for 0.04 s: 95 × 0.04 = 3.8.',
    },
    {
      id: 'which-one-for-this',
      ask: 'A report takes 3 s, four workers serve it, everybody sees the same, and it may be ten minutes old. Where do you keep it?',
      options: [
        'In memory: nothing is nearer',
        'In Redis: one miss for all workers, and a restart does not lose it',
        'Nowhere: make the query faster',
      ],
      answer: 1,
      why: 'In memory each worker and each restart would pay the 3 s. Beside 3 s the walk to Redis is nothing. Look at the query all the same: whoever misses still waits.',
    },
  ],
  remember: [
    'Before and after, one change, the same conditions, the command written down. The rest is opinion.',
    'A cache saves calls × time of a call. Work it out first: where little is asked, or the call is cheap, it saves little.',
    'Its price is paid every day: entries to cross out, old answers, another thing that fails. Take the nearest cache that can bear it, or none.',
  ],
})
