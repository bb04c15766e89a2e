import { inOrder } from '@/lib/checks/in-order'
import { readCacheStatus } from '@/lib/http/cache-status'
import { defineLesson } from '../lesson'
import { lastRun } from '../measure'

/** A worker's name in the log where the edge answered, and the app never heard of it. */
const isEdge = (worker: string) => worker.startsWith('edge')

export const cacheForEverybody = defineLesson({
  slug: 'a-cache-for-everybody',
  title: 'A cache for everybody',
  summary:
    'A shared HTTP cache in front of the server: two dates in one header, one call for a crowd, old answers while a new one is fetched.',
  minutes: { core: 7, optional: 2 },
  further: true,
  goals: [
    'Give browsers one date and shared caches another, and say why.',
    'Read from Age and Cache-Status who answered, and how old the answer was.',
    'Say when a shared cache may give one fetch to all who wait, and when not.',
    'Choose between waiting for a new answer and having an old one at once.',
  ],
  prerequisites: ['Lesson 3: max-age, no-store, public and private.', 'Lesson 6: how long is fresh.'],
  experiments: [
    {
      id: 'two-headers-two-caches',
      question: 'A second visitor asks. Who answers?',
      predict: {
        kind: 'choice',
        ask: 'The answer says max-age=0, s-maxage=60. One visitor got it through the shared cache. Ten seconds later another visitor asks. Who answers?',
        options: [
          { id: 'origin', label: 'The server: max-age=0 means that nobody may use a copy' },
          { id: 'shared', label: 'The shared cache: it has 50 seconds left' },
          { id: 'asked', label: 'The shared cache, after it has asked the server whether its copy still holds' },
        ],
        measure({ sent }) {
          const asked = sent.filter(
            ({ to, strategy, status }) => to === 'edge' && strategy === 's-maxage' && status === 200,
          )
          const second = asked[1]
          if (!second) return undefined
          const caches = readCacheStatus(second.header['cache-status'])
          if (caches.some(({ name, hit }) => name === 'edge' && hit)) return 'shared'
          return caches.some(({ fwdStatus }) => fwdStatus === 304) ? 'asked' : 'origin'
        },
      },
    },
    {
      id: 'two-hundred-visitors',
      question: 'Two hundred visitors, and nothing is kept. What does the origin hear?',
      predict: {
        kind: 'number',
        ask: 'Two hundred visitors ask at the same moment for an answer that takes 200 ms and that may be shared. Nothing is kept yet. How many calls does the origin get through the shared cache?',
        unit: 'calls',
        min: 0,
        max: 200,
        measure: (seen) =>
          seen.reports.findLast(
            ({ config }) => config.via === 'edge' && config.strategy === 's-maxage' && config.connections === 200,
          )?.originCalls,
      },
    },
    {
      id: 'renewed-behind',
      question: 'The date has passed. Who waits for the new answer?',
      predict: {
        kind: 'number',
        ask: 'An entry is good for 1 s, and a new one takes 200 ms. With max-age alone p99 comes to about 200 ms. What does it come to with stale-while-revalidate?',
        unit: 'ms',
        min: 0,
        max: 300,
        draw: 'p99',
        measure: (seen) => lastRun(seen, { strategy: 'stale-while-revalidate' })?.latencyMs.p99,
      },
    },
  ],
  exercises: [
    {
      id: 'one-for-two',
      title: 'Pay once, answer twice',
      task: [
        'Ask the edge for the configuration with a strategy that lets it keep the answer.',
        'Then ask again, as another visitor or from a terminal: the answer must come from the edge, and the app must not hear of it.',
      ],
      hints: [
        'The address of the edge is in the command below the request panel. Asking the app itself does not count: it keeps nothing.',
        'Ask with `s-maxage`, `cdn-cache-control` or `http`, twice, within its TTL.',
        'In the panel above: `Ask` the edge, `As` a new visitor, strategy `s-maxage`, and press Send twice.',
      ],
      check: inOrder({
        resource: 'public/config',
        sameKey: true,
        steps: [
          {
            say: 'The answer, fetched from the app',
            expects: 'a miss',
            is: ({ outcome }) => outcome === 'miss' || outcome === 'revalidated',
          },
          {
            say: 'The same answer, out of the edge',
            expects: 'a hit in the edge',
            is: ({ outcome, worker }) => outcome === 'hit' && isEdge(worker),
          },
        ],
      }),
    },
  ],
  recall: [
    {
      id: 'two-dates',
      ask: 'An answer says max-age=0, s-maxage=300. What does a browser do with it?',
      options: ['It keeps it for 300 s', 'It asks before each use', 'It may not keep it'],
      answer: 1,
      why: 's-maxage is for shared caches alone. The browser goes by max-age=0, and may keep the copy to ask about.',
    },
    {
      id: 'who-may-wait',
      ask: 'A hundred requests for one address wait at a shared cache. The answer comes, and says private. What happens?',
      options: [
        'All get it: they asked for the same address',
        'One gets it, the others are sent on, each for an answer of its own',
        'All get an error',
      ],
      answer: 1,
      why: 'A private answer is for the one who asked. Whether it is private is known only when it comes, so a cache has to be ready for it.',
    },
    {
      id: 'swr-and-s-maxage',
      ask: 'You send s-maxage=60, stale-while-revalidate=600. What does a shared cache do that keeps to RFC 9111, 70 s later?',
      options: ['It answers at once and renews behind', 'It asks the origin first', 'It answers 504'],
      answer: 1,
      why: 's-maxage implies proxy-revalidate: past the date a shared cache has to ask. Use max-age or CDN-Cache-Control for stale answers.',
    },
  ],
  remember: [
    'max-age is for every cache, s-maxage for those that many share: short where you cannot take it back, long where you can.',
    'One fetch may serve all who wait, but only if the answer turns out to be for all.',
    'stale-while-revalidate: the old answer at once, the new one behind it. Nobody waits, and somebody gets the oldest.',
  ],
})
