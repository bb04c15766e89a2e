import { allOf } from '@/lib/checks/all-of'
import { inOrder } from '@/lib/checks/in-order'
import { rowsShow } from '@/lib/checks/rows-show'
import type { SeenRequest } from '@/lib/checks/seen-request'
import { defineLesson } from '../lesson'
import { ratioOf } from '../measure'

/** Redis keeps an entry for a minute past its date, so that the log can tell of its expiry. Later it is just a miss. */
const GRACE_MS = 60_000
/** What a client waits for a Redis that hangs, at least. */
const TIMEOUT_MS = 500

const byRedis = (outcome: SeenRequest['outcome']) => (request: SeenRequest) =>
  request.strategy === 'redis' && request.outcome === outcome

const did = ({ steps }: SeenRequest, kind: string) => steps.some((step) => step.kind === kind)

const TASK = 'tasks/{id}'

export const redisShared = defineLesson({
  slug: 'redis-shared-by-all',
  title: 'Redis: one notebook for all',
  summary: 'Cache-aside step by step: look up, miss, load, store, return. And what happens when the notebook is gone.',
  minutes: { core: 8, optional: 4 },
  goals: [
    'Put the steps of cache-aside in order, and say what each is for.',
    'Say what Redis costs against a dictionary, and what it gives for that.',
    'Show an entry run out, and the database being asked again.',
    'Take Redis away from a running server and say what its readers notice.',
    'Write, and have every reader see it.',
  ],
  prerequisites: ['Lesson 4: what memory cannot do.', 'You have seen JSON before.'],
  experiments: [
    {
      id: 'as-fast-as-memory',
      question: 'Redis keeps everything in memory. Is it as fast as memory?',
      predict: {
        kind: 'number',
        ask: 'A task is kept, and asked for again and again. How many times as long does the handler take for a hit in Redis as for a hit in its own memory?',
        unit: '×',
        min: 0.1,
        max: 1_000,
        step: 0.1,
        measure: (seen) =>
          ratioOf(
            seen,
            ({ handlerMs }) => handlerMs?.p50 ?? 0,
            { resource: TASK, strategy: 'redis' },
            { resource: TASK, strategy: 'memory' },
          ),
      },
    },
    {
      id: 'a-task-that-is-not-there',
      question: 'A task that does not exist is asked for twice. How often is the database?',
      predict: {
        kind: 'choice',
        ask: 'There is no task 999999. You ask for it twice, through Redis. What is the second request?',
        options: [
          { id: 'hit', label: 'A hit: that there is none is an answer, too' },
          { id: 'miss', label: 'A miss: the database is asked each time' },
          { id: 'error', label: 'An error' },
        ],
        measure: ({ sent }) =>
          sent.filter(({ strategy, status }) => strategy === 'redis' && (status === 404 || status >= 500))[1]?.outcome,
      },
    },
    {
      id: 'redis-away',
      question: 'Redis goes away in the middle of the day. What do readers get?',
      predict: {
        kind: 'choice',
        ask: 'Redis does not answer any more. 500 requests for a task come in. What do they get?',
        options: [
          { id: 'errors', label: 'Errors, until Redis is back' },
          { id: 'slow', label: 'Answers, after waiting for Redis each time' },
          { id: 'misses', label: 'Answers, each from the database' },
        ],
        measure({ reports }) {
          const away = reports.findLast(({ config, outcomes }) => config.strategy === 'redis' && outcomes.hit === 0)
          if (!away) return undefined
          if (away.errors > 0) return 'errors'
          return (away.handlerMs?.p50 ?? 0) < TIMEOUT_MS ? 'misses' : 'slow'
        },
      },
    },
  ],
  exercises: [
    {
      id: 'follow-along',
      title: 'Follow along: a header, then a notebook for all',
      task: [
        'Get `/api/public/config` with its cache headers: the strategy `http`.',
        'Get one task through Redis, twice: first a miss, then a hit.',
      ],
      hints: [
        'The panel below can ask for both. Choose the resource, then the strategy.',
        'A hit needs the same task, before its TTL is over.',
        'Choose `public/config` with `http`, and send. Choose `tasks/{id}` with `redis`, and send twice without changing anything.',
      ],
      check: allOf(
        rowsShow({
          say: 'The public configuration, with headers for HTTP caches',
          expects: 'a request for public/config with http that reaches the server',
          is: ({ resource, strategy, kind, run }) =>
            resource === 'public/config' &&
            strategy === 'http' &&
            run === undefined &&
            (kind === 'miss' || kind === 'revalidated'),
        }),
        inOrder({
          resource: TASK,
          sameKey: true,
          steps: [
            { say: 'A task through Redis: a miss', expects: 'a miss with redis', is: byRedis('miss') },
            { say: 'The same task again: a hit', expects: 'a hit with redis', is: byRedis('hit') },
          ],
        }),
      ),
    },
    {
      id: 'after-the-ttl',
      title: 'Debug: prove that the TTL works',
      task: [
        'The panel says 120 s. Set a few seconds, so that you need not wait.',
        'Cause one miss, then one hit within the TTL.',
        'Wait until the TTL is over, and ask once more. The log has to show that the database was asked.',
      ],
      hints: [
        'Three requests for the same task, by the same strategy. Only the pauses between them differ.',
        'With a TTL of 5 s: send, send at once, watch the yellow label run out, send.',
        'Choose `redis`, a TTL of 5, and a task that you have not asked for yet. Send twice, wait 5 s, send. The last one’s lines in the log read expiry, origin call, store, miss.',
      ],
      check: inOrder({
        resource: TASK,
        sameKey: true,
        steps: [
          { say: 'A miss: the database was asked', expects: 'a miss with redis', is: byRedis('miss') },
          {
            say: 'A hit within the TTL: the database rested',
            expects: 'a hit with redis, without a call to the database',
            is: (request) => byRedis('hit')(request) && !request.originCalled,
          },
          {
            say: 'After the TTL a miss: the database was asked again',
            expects: 'a miss after the TTL, with an expiry and a call to the database in its log',
            is: (request, before) =>
              byRedis('miss')(request) &&
              request.originCalled &&
              (did(request, 'expiry') || request.at - (before[0]?.at ?? request.at) > GRACE_MS),
          },
        ],
      }),
    },
    {
      id: 'invalidate-by-writing',
      title: 'Write, and have it read',
      task: [
        'Have a task kept in Redis for 120 s: one request with `redis`.',
        'Change the task with a `PATCH`, from a terminal. The log shows what was crossed out.',
        'Ask for it again: a miss that brings the new version, although the TTL was not over.',
      ],
      hints: [
        'The address of a task takes `PATCH` as well as `GET`. The panel shows the address with your lab’s name in it.',
        'Send `{"status":"done"}` as JSON, with the header `Content-Type: application/json`, and mind `lab=`: without it you write in another lab.',
        "`curl -X PATCH -H 'Content-Type: application/json' -d '{\"status\":\"done\"}' '<address>'`, with the address from the command under the panel. Then press Send.",
      ],
      check: inOrder({
        resource: TASK,
        sameKey: true,
        steps: [
          {
            say: 'The task is kept in Redis',
            expects: 'a miss or a hit with redis',
            is: (request) => byRedis('miss')(request) || byRedis('hit')(request),
          },
          { say: 'It is written', expects: 'a PATCH of the task', is: ({ outcome }) => outcome === 'write' },
          {
            say: 'The next reader gets a miss, before the TTL is over',
            expects: 'a miss with redis that found nothing kept',
            is: (request) => byRedis('miss')(request) && !did(request, 'expiry'),
          },
        ],
      }),
    },
  ],
  recall: [
    {
      id: 'why-redis-then',
      ask: 'A hit in Redis takes the handler longer than one in its own memory. Why take Redis?',
      options: [
        'It is faster as soon as there is load',
        'All processes share it, and a restart of the app does not empty it',
        'It keeps answers fresh for longer',
      ],
      answer: 1,
      why: 'It is one notebook for all: one miss for all workers. The way to it is what that costs.',
    },
    {
      id: 'redis-gone',
      ask: 'The hit rate is 99 %. Redis goes away, and the code falls back to the database. How much work does the database get?',
      options: ['1 % more', 'Twice as much', 'A hundred times as much'],
      answer: 2,
      why: 'It was asked once in a hundred requests. Now each one asks it. The code stands that; ask whether the database does.',
    },
    {
      id: 'which-first',
      ask: 'You write a row that is also kept in Redis. In which order?',
      options: [
        'Delete the entry, then write the row',
        'Write the row, then delete the entry',
        'It makes no difference',
      ],
      answer: 1,
      why: 'Deleted first, a reader may come in between, read the old row and store it once more, for a whole TTL.',
    },
    {
      id: 'asked-for-nothing',
      ask: 'Somebody asks for a thousand ids that do not exist. Cache-aside keeps no 404. What does the database notice?',
      options: ['Nothing', 'One query', 'A thousand queries'],
      answer: 2,
      why: 'Where nothing is kept, everything is a miss. Negative caching, for a short time, is the answer to that.',
    },
  ],
  remember: [
    'Look up; on a miss load, store with a TTL, return. The cache knows nothing of the database.',
    'A cache may fail, the answer may not. Fall back, with a timeout, and know whether the database can bear it.',
    'Write the row first, then delete the entry. The TTL is the net under everything that slips through.',
  ],
})
