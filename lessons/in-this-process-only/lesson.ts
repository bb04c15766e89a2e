import { inOrder } from '@/lib/checks/in-order'
import { defineLesson, type SentRequest } from '../lesson'
import { inPercent } from '../measure'

/** What was sent after `strategy` had missed although it had been asked before: its entry had run out, or was lost. */
function afterItIsGone(sent: readonly SentRequest[], strategy: string): readonly SentRequest[] {
  const asked = sent.findIndex((request) => request.strategy === strategy)
  const gone = sent.findIndex(
    (request, at) => asked >= 0 && at > asked && request.strategy === strategy && request.outcome === 'miss',
  )
  return gone < 0 ? [] : sent.slice(gone + 1)
}

export const inThisProcess = defineLesson({
  slug: 'in-this-process-only',
  title: 'A notebook that only one process can read',
  summary: 'A dictionary, an LRU of 128 entries, a date on each: the nearest cache of a server, and what it cannot do.',
  minutes: { core: 6, optional: 3 },
  goals: [
    'Name the two faults of a dictionary as a cache, and what mends each.',
    'Watch an entry being thrown out, and say which one goes.',
    'Predict when a cache that nearly fits does not help at all.',
    'Say what a restart loses, and what another worker sees.',
  ],
  prerequisites: ['Lesson 2: eviction and expiry.'],
  experiments: [
    {
      id: 'more-keys-than-lines',
      question: 'A notebook of 128 lines, and 180 pairs. How often does it help?',
      predict: {
        kind: 'number',
        ask: 'The load asks for 180 pairs one after the other, and then again from the start. Memory holds 128. What is the hit rate?',
        unit: '%',
        min: 0,
        max: 100,
        draw: 'hitRate',
        measure: ({ reports }) =>
          inPercent(
            reports.findLast(({ config: { strategy, keys } }) => strategy === 'memory' && keys.kind === 'cycle')
              ?.hitRate,
          ),
      },
    },
    {
      id: 'a-label-without-a-date',
      question: 'Kept by use and not by date. How old does it get?',
      predict: {
        kind: 'choice',
        ask: 'The rate is kept twice for the same question: by memory for 5 s, and by lru, which knows no date. When the 5 s are over you ask both again. What does lru answer?',
        options: [
          { id: 'miss', label: 'It asks the provider again, too' },
          { id: 'hit', label: 'The old rate, as it would tomorrow' },
          { id: 'stale', label: 'The old rate, marked as stale' },
        ],
        measure: ({ sent }) => afterItIsGone(sent, 'memory').find(({ strategy }) => strategy === 'lru')?.outcome,
      },
    },
    {
      id: 'after-a-restart',
      question: 'The server restarts. Who still knows the rate?',
      predict: {
        kind: 'choice',
        ask: 'The rate is kept in memory and in Redis, both for five minutes. The process restarts. What do the next two requests get?',
        options: [
          { id: 'both', label: 'Two hits: five minutes are five minutes' },
          { id: 'redis', label: 'A miss with memory, a hit with Redis' },
          { id: 'neither', label: 'Two misses: a restart begins anew' },
        ],
        measure({ sent }) {
          const redis = afterItIsGone(sent, 'memory').find(({ strategy }) => strategy === 'redis')
          if (!redis) return undefined
          return redis.outcome === 'hit' ? 'redis' : 'neither'
        },
      },
    },
  ],
  exercises: [
    {
      id: 'make-one-go',
      title: 'Throw one out, and miss it',
      task: [
        'Fill the memory to its last line: 128 requests, one for each of 128 pairs. The panel is set up for that.',
        'Send one request by hand, with `memory`, for a pair that was not among them. The log says who had to go.',
        'Send a request for the pair that had to go.',
      ],
      hints: [
        'The panels are set up for the first two steps. What you are after in the log is a line that says “eviction”.',
        'The line of the eviction names a key, such as `exchange/AUD-BRL`. The first currency is the base, the second the target.',
        'Run the load as it stands: 128 requests over 128 `cycle` keys. Send `USD` to `KRW` with `memory`. Read the key in the eviction’s line, choose its two currencies, and send.',
      ],
      check: inOrder({
        resource: 'exchange',
        steps: [
          {
            say: 'A miss that throws another pair out',
            expects: 'a miss with an eviction in its log',
            is: ({ outcome, steps }) => outcome === 'miss' && steps.some(({ kind }) => kind === 'eviction'),
          },
          {
            say: 'Then a miss for the very pair that was thrown out',
            expects: 'a miss for the key that the eviction named',
            is: ({ outcome, key, strategy }, [first]) =>
              outcome === 'miss' &&
              strategy === first?.strategy &&
              first.steps.some((step) => step.kind === 'eviction' && step.key === key),
          },
        ],
      }),
    },
  ],
  recall: [
    {
      id: 'how-old-in-an-lru',
      ask: 'A price is kept by an LRU of 128 entries without a TTL. It is asked for all day. How old can it get?',
      options: ['One minute at most', 'Until 128 more requests have come', 'As old as the process'],
      answer: 2,
      why: 'Each read makes it the most recently used, so it never has to go. An LRU bounds how much is kept, and not how long.',
    },
    {
      id: 'a-round-too-long',
      ask: 'An LRU holds 100 entries. A job reads 101 records in turn, again and again. What is its hit rate?',
      options: ['About 99 %', 'About 50 %', '0 %'],
      answer: 2,
      why: 'The record that is needed next is always the one that was read longest ago, so it has just been thrown out.',
    },
    {
      id: 'four-notebooks',
      ask: 'Four workers each keep answers in their own memory. How many misses until all four know the answer to one question?',
      options: ['One: they are one server', 'Four', 'It depends on the TTL'],
      answer: 1,
      why: 'Memory belongs to a process. Each worker has to ask the origin itself, and each restart makes it ask anew.',
    },
  ],
  remember: [
    'A cache needs two bounds: a capacity, for how much, and a TTL, for how long. LRU is only the first.',
    'The hit rate belongs to the cache and to the order of the questions. A little too small can be worth nothing.',
    'Memory is the nearest place and the loneliest: no other process sees it, and a restart empties it.',
  ],
})
