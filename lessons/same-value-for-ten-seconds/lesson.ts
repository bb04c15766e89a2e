import { defineLesson } from '../lesson'
import { lastRun } from '../measure'

export const sameValue = defineLesson({
  slug: 'same-value-for-ten-seconds',
  title: 'Serve the same value for ten seconds',
  summary:
    'What a cache is, the smallest one that is useful, and what it saves: measured on a server that really runs.',
  minutes: { core: 8, optional: 3 },
  goals: [
    'Say what a cache does, and what its sell-by date is for.',
    'Read the lines of code that make one.',
    'Tell a hit from a miss by the answer’s own headers, and in the server’s log.',
    'Measure what a cache changes: latency, throughput, and calls to the origin.',
  ],
  prerequisites: ['You have seen an HTTP request before. Nothing else.'],
  experiments: [
    {
      id: 'when-the-origin-works',
      question: 'When does the origin work, and when does it rest?',
      predict: {
        kind: 'choice',
        ask: 'The label has run out, and nobody has asked since. You send one more request. What is it?',
        options: [
          { id: 'hit', label: 'A hit: the server fetched a new value when the label ran out' },
          { id: 'miss', label: 'A miss: this request fetches it' },
          { id: 'stale', label: 'The old value once more, and a new one afterwards' },
        ],
        measure({ sent }) {
          const kept = sent.filter(({ strategy }) => strategy === 'memory')
          const hit = kept.findIndex(({ outcome }) => outcome === 'hit')
          return hit < 0 ? undefined : kept.slice(hit + 1).find(({ outcome }) => outcome !== 'hit')?.outcome
        },
      },
    },
    {
      id: 'a-thousand-requests',
      question: 'What do a thousand requests cost, by where the notebook lies?',
      predict: {
        kind: 'number',
        ask: '1,000 requests over 20 connections, one value, kept in memory for ten seconds. How often is the origin called?',
        unit: 'calls',
        min: 0,
        max: 1_000,
        measure: (seen) => lastRun(seen, { strategy: 'memory' })?.originCalls,
      },
    },
  ],
  exercises: [],
  recall: [
    {
      id: 'who-pays-after-expiry',
      ask: 'An entry’s TTL ends at noon. Nobody asks until ten past. When is the origin called?',
      options: ['At noon', 'At ten past, by the request that comes', 'Just before noon'],
      answer: 1,
      why: 'Nothing happens when a TTL ends. The next request finds the entry past its date, and pays for a new one.',
    },
    {
      id: 'what-a-hit-saves',
      ask: 'A thousand requests, a hit rate of 98 %. How often was the origin asked?',
      options: ['980 times', '20 times', 'Once'],
      answer: 1,
      why: 'Hits are answered by the cache. The other two in a hundred went to the origin.',
    },
  ],
  remember: [
    'A cache keeps an answer until its sell-by date. Before it, nobody works; after it, the next one to ask does.',
    'The hit rate says how often the work was saved. The calls to the origin say how much work is left.',
    'Where the answer is kept decides who can use it: one browser, one process, or all of them.',
  ],
})
