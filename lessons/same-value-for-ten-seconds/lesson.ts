import { defineLesson } from '../lesson'

export const sameValue = defineLesson({
  slug: 'same-value-for-ten-seconds',
  title: 'Serve the same value for ten seconds',
  summary:
    'What a cache is, the smallest one that is useful, and what it saves: measured on a server that really runs.',
  minutes: { core: 15, optional: 5 },
  goals: [
    'Say what a cache does, and what its sell-by date is for.',
    'Read the lines of code that make one.',
    'Tell a hit from a miss by the answer’s own headers, and in the server’s log.',
    'Measure what a cache changes: latency, throughput, and calls to the origin.',
  ],
  prerequisites: ['You have seen an HTTP request before. Nothing else.'],
  remember: [
    'A cache keeps an answer until its sell-by date. Before it, nobody works; after it, the next one to ask does.',
    'The hit rate says how often the work was saved. The calls to the origin say how much work is left.',
    'Where the answer is kept decides who can use it: one browser, one process, or all of them.',
  ],
})
