import { inOrder } from '@/lib/checks/in-order'
import type { SeenRequest } from '@/lib/checks/seen-request'
import { defineLesson, type Seen } from '../lesson'
import { lastRun, ratioOf } from '../measure'

const LIST = 'tasks'

/** A list's parameters, from the key under which it is kept: `tasks?owner=7&plan=join&columns=all`. */
const askedIn = ({ key }: Pick<SeenRequest, 'key'>) => new URLSearchParams(key.slice(key.indexOf('?')))

/** The owner and the columns of two lists are the same; the plan may be another. */
const sameList = (one: SeenRequest, other: SeenRequest) =>
  ['owner', 'columns'].every((name) => askedIn(one).get(name) === askedIn(other).get(name))

/** The last run by one query for each task: without a cache, or with Redis. */
const slowRun = (seen: Seen, strategy: string) =>
  lastRun(seen, { resource: LIST, strategy, params: { plan: 'n-plus-one' } })

/** Bytes of one answer of the last run with these columns. */
function answerBytes(seen: Seen, columns: string): number | undefined {
  const report = lastRun(seen, { resource: LIST, strategy: 'none', params: { columns } })
  return report && report.requests > 0 ? report.bytes / report.requests : undefined
}

export const fixTheQuery = defineLesson({
  slug: 'fix-the-query-first',
  title: 'Fix the query first',
  summary: 'One list by 112 queries or by one, what a cache hides of that, and how to read what the database says.',
  minutes: { core: 6, optional: 5 },
  goals: [
    'Recognise N+1 in code, in a log and in a report.',
    'Get a list and what belongs to it by one query, or by two.',
    'Say what a cache in front of a slow query hides, and from whom it does not.',
    'Measure what is saved by asking only for the columns that are shown.',
    'Read the lines of EXPLAIN that matter.',
  ],
  prerequisites: ['Lesson 5: a miss, and what a write does to entries.', 'You have seen a SELECT before.'],
  experiments: [
    {
      id: 'one-list-two-ways',
      question: 'One list by 112 queries, or by one. What is the difference?',
      predict: {
        kind: 'number',
        ask: 'Owner 7 has 111 tasks. Once their comments are fetched by one query for each task, once all by a single one. How many times as long does the first way take?',
        unit: '×',
        min: 0.1,
        max: 200,
        step: 0.1,
        measure: (seen) =>
          ratioOf(
            seen,
            ({ handlerMs }) => handlerMs?.p50 ?? 0,
            { resource: LIST, strategy: 'none', params: { plan: 'n-plus-one' } },
            { resource: LIST, strategy: 'none', params: { plan: 'join' } },
          ),
      },
    },
    {
      id: 'what-a-cache-hides',
      question: 'A cache stands before the slow query. Where is p99?',
      predict: {
        kind: 'choice',
        ask: 'With Redis before it, 95 of 100 requests for such lists are hits. What does p99 show?',
        options: [
          { id: 'hit', label: 'About what a hit costs' },
          { id: 'between', label: 'Something between the two: far less than before' },
          { id: 'miss', label: 'About what the list cost without a cache' },
        ],
        measure(seen) {
          const before = slowRun(seen, 'none')
          const cached = slowRun(seen, 'redis')
          if (!before?.handlerMs?.p50 || !cached?.handlerMs) return undefined
          const left = cached.handlerMs.p99 / before.handlerMs.p50
          return left > 0.5 ? 'miss' : left > 0.15 ? 'between' : 'hit'
        },
      },
    },
    {
      id: 'only-what-is-shown',
      question: 'The list shows a title. Why send the rest?',
      predict: {
        kind: 'number',
        ask: 'The list needs the title of a task and the text of its comments. Of the bytes that are sent with all columns, what share is left with only the needed ones?',
        unit: '%',
        min: 0,
        max: 100,
        measure(seen) {
          const all = answerBytes(seen, 'all')
          const needed = answerBytes(seen, 'needed')
          return all && needed ? (needed / all) * 100 : undefined
        },
      },
    },
  ],
  exercises: [
    {
      id: 'same-list-fewer-queries',
      title: 'The same list, by fewer queries',
      task: [
        'Get the tasks of an owner by `n-plus-one`, without a cache, or with one that misses.',
        'Get the list of the same owner again, so that the log shows a single query.',
      ],
      hints: [
        'The log says beside each origin call how many queries it sent. A hit sends none, and does not count here.',
        'Leave the owner and the columns as they are. Only `plan` changes.',
        'In the panel at the top of this page: strategy `none`, `plan` `n-plus-one`, Send. Then `plan` `join`, Send.',
      ],
      check: inOrder({
        resource: LIST,
        steps: [
          {
            say: 'A list by one query, and one more for each of its tasks',
            expects: 'a list by n-plus-one that asked the database more than twice',
            is: (request) => askedIn(request).get('plan') === 'n-plus-one' && request.queries > 2,
          },
          {
            say: 'The same list by a single query',
            expects: 'the list of the same owner, with the same columns, by one query: plan join, and no hit',
            is: (request, [first]) => first !== undefined && sameList(request, first) && request.queries === 1,
          },
        ],
      }),
    },
  ],
  recall: [
    {
      id: 'count-the-queries',
      ask: 'A page lists 50 orders. For each of them the code then touches `order.customer`, which is loaded when it is touched. How many queries is that?',
      options: ['1', '2', '51', '2,500'],
      answer: 2,
      why: 'One for the list, and one more for each of its 50 rows: N+1. The code looks like a loop over values, which is why nobody sees them.',
    },
    {
      id: 'what-caching-does-to-n-plus-one',
      ask: 'You put a cache before a list that takes 300 ms, and 95 % of the requests hit. What do the other 5 % take?',
      options: ['About 15 ms', 'About 150 ms', 'About 300 ms'],
      answer: 2,
      why: 'A cache makes misses rarer, not faster. Whoever misses waits for the query as it is.',
    },
    {
      id: 'who-misses-most',
      ask: 'Each write to a task crosses out its owner’s list. Who gets most of the misses?',
      options: ['Those who only read', 'Those who work with the app the most', 'Everybody alike'],
      answer: 1,
      why: 'Their own writes empty their own list, and they look at it next. The slow query is kept for the best customers.',
    },
    {
      id: 'loops-in-a-plan',
      ask: 'A line of EXPLAIN ANALYZE says `actual time=0.004..0.007 … loops=111`. How long did this step take in all?',
      options: ['0.007 ms', 'About 0.8 ms', '111 ms'],
      answer: 1,
      why: 'Time and rows are those of one turn on average. Multiply them by the loops: 111 × 0.007 ms.',
    },
  ],
  remember: [
    'Count the queries of a page. If their number grows with the list, that is N+1: fetch what belongs together at once.',
    'A cache makes misses rarer and not faster. p99 is still the query that you did not fix.',
    'First the query, then the columns, then the cache. After the first two, measure whether you need the third.',
  ],
})
