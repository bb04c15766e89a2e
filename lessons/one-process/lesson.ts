import { allOf } from '@/lib/checks/all-of'
import { isTuning } from '@/lib/checks/command'
import { commandRecorded } from '@/lib/checks/command-recorded'
import { runShows } from '@/lib/checks/run-shows'
import type { Report } from '@/lib/runs/report'
import { defineLesson } from '../lesson'
import { inPercent, ratioOf } from '../measure'

/** Many enough that one process has all it can do. */
const MANY_CONNECTIONS = 20

/** Whether a run was answered by so many workers, in this way. */
const ofWorkers =
  (workers: number, strategy: string) =>
  ({ config }: Report) =>
    config.host === 'workers' && config.workers === workers && config.strategy === strategy

export const oneProcess = defineLesson({
  slug: 'one-process',
  title: 'What one process can do',
  summary: 'Event loop, HTTP parser, workers: what stands around your handler, and what more connections do to it.',
  minutes: { core: 3, optional: 3 },
  goals: [
    'Say why one process stops answering more, and what grows in its place.',
    'Work out any two of connections, throughput and latency from each other.',
    'Say what several processes do to what each of them keeps.',
    'Name what Node has where uvicorn has `--workers`, `--loop` and `--http`.',
    'Say beforehand how much a faster part can bring at most.',
  ],
  prerequisites: ['Lesson 4: what a process has in memory, no other one sees.'],
  experiments: [
    {
      id: 'more-connections',
      question: 'Five times as many ask at once. How many more are answered?',
      predict: {
        kind: 'number',
        ask: 'Every request is a hit in memory. You go from 10 connections to 50. How many times as many requests does the process answer in a second?',
        unit: '×',
        min: 0.1,
        max: 10,
        step: 0.1,
        measure: (seen) =>
          ratioOf(
            seen,
            ({ throughput }) => throughput,
            { strategy: 'memory', connections: 50 },
            { strategy: 'memory', connections: 10 },
          ),
      },
    },
    {
      id: 'two-memories',
      question: 'Two workers, each with a memory of its own. What is left of the hit rate?',
      predict: {
        kind: 'number',
        ask: 'Each of 200 tasks is asked for twice, and one worker’s memory answers half of the requests. Now there are two workers, and each request goes to one of them at random. What is the hit rate?',
        unit: '%',
        min: 0,
        max: 100,
        draw: 'hitRate',
        measure: ({ reports }) => inPercent(reports.findLast(ofWorkers(2, 'memory'))?.hitRate),
      },
    },
    {
      id: 'what-the-framework-hides',
      question: 'How much of the way to Redis does the framework hide?',
      predict: {
        kind: 'number',
        ask: 'A worker without a framework, asked over one connection. How many times as long as a hit in memory does a hit in Redis take, the whole round trip?',
        unit: '×',
        min: 0.1,
        max: 20,
        step: 0.1,
        measure({ reports }) {
          const trip = (strategy: string) => reports.findLast(ofWorkers(1, strategy))?.latencyMs.p50
          const [memory, redis] = [trip('memory'), trip('redis')]
          return memory && redis ? redis / memory : undefined
        },
      },
    },
  ],
  exercises: [
    {
      id: 'try-a-flag',
      title: 'Tune something, and measure it',
      task: [
        'Measure first: make a run here over 20 connections or more, with nothing but hits after the start.',
        'Then tune a server of your own. With FastAPI: the same load once with `--loop asyncio`, once with `--loop uvloop`. With Node: an option such as `--max-semi-space-size`, or `NODE_OPTIONS`.',
        'Record the command that starts the server with the tuning.',
      ],
      hints: [
        'The run is a load on this page with `memory`, and a hit rate over 90 %.',
        'What counts as tuning: the flags `--workers`, `--loop` and `--http` of uvicorn, or options of Node. A benchmark alone does not.',
        'Run `memory` over 20 connections, then record: `uvicorn app.main:app --workers 4 --loop uvloop --http httptools`',
      ],
      check: allOf(
        runShows({
          say: 'A run over 20 connections or more',
          which: ({ connections, strategy }) => connections >= MANY_CONNECTIONS && strategy !== 'none',
          shows: [
            {
              say: 'Nearly all of it hits, so that the server is what was measured',
              expects: 'a hit rate over 90 %',
              is: ({ hitRate }) => hitRate > 0.9,
              found: ({ hitRate }) => `a hit rate of ${(hitRate * 100).toFixed(1)} %`,
            },
          ],
        }),
        commandRecorded({
          say: 'The command that starts a server with a tuning',
          expects: 'uvicorn with --workers, --loop or --http, or Node with an option',
          is: isTuning,
        }),
      ),
    },
  ],
  recall: [
    {
      id: 'what-connections-cost',
      ask: 'One process is busy all the time at 10 connections. You load it over 50. What grows?',
      options: ['Its throughput, five times', 'The latency, about five times', 'Both a little'],
      answer: 1,
      why: 'It answers as many in a second as before, so the others stand in line: connections = throughput × latency.',
    },
    {
      id: 'work-it-out',
      ask: 'A closed loop of 20 connections sees a mean latency of 50 ms. How many requests are answered in a second?',
      options: ['20', '400', '1,000', 'That cannot be known'],
      answer: 1,
      why: '20 connections / 0.05 s = 400 requests/s. It holds for every closed loop, whatever the server is.',
    },
    {
      id: 'most-that-it-brings',
      ask: 'The HTTP parser takes 5 % of the time of a request. Another one is twice as fast. What does that bring at most?',
      options: ['Half the time', 'About 5 %', 'About 2.5 %'],
      answer: 2,
      why: 'Only its own share shrinks, from 5 to 2.5 in a hundred. Find out what takes the time before you make a part of it faster.',
    },
  ],
  remember: [
    'One process computes one thing at a time. When it is busy, more connections make a longer line, and no more answers.',
    'Connections = throughput × latency. Know two, and you have the third.',
    'More cores need more processes. n memories hit an n-th as often, and a write reaches one of them; Redis is one for all.',
  ],
})
