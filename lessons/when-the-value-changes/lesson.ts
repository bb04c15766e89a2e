import { allOf } from '@/lib/checks/all-of'
import { inOrder } from '@/lib/checks/in-order'
import { rowsShow } from '@/lib/checks/rows-show'
import type { SeenRequest } from '@/lib/checks/seen-request'
import { defineLesson } from '../lesson'
import { inPercent, lastRun } from '../measure'

const TASK = 'tasks/{id}'

const by =
  (strategy: string, ...outcomes: readonly SeenRequest['outcome'][]) =>
  (request: SeenRequest): boolean =>
    request.strategy === strategy && outcomes.includes(request.outcome)

export const whenItChanges = defineLesson({
  slug: 'when-the-value-changes',
  title: 'When the value changes',
  summary:
    'What a write does to what is kept, how many readers get an old answer and for how long, and a race that is lost seldom.',
  minutes: { core: 6, optional: 3 },
  further: true,
  goals: [
    'Measure how many answers are out of date, and for how long they have been.',
    'Say what each way of writing does to an entry, what it costs, and which processes it reaches.',
    'Provoke the race that is left in delete on write, and close it.',
    'Choose a way of writing for a cache that you cannot reach.',
  ],
  prerequisites: ['Lesson 5: cache-aside, and a write that deletes.', 'Lesson 6: fresh is not true.'],
  experiments: [
    {
      id: 'one-write-in-ten',
      question: 'One request in ten is a write. How many reads are out of date?',
      predict: {
        kind: 'number',
        ask: 'One task, 100 requests a second, every tenth of them a write. Redis keeps it for two seconds, and nobody tells it of writes. What part of the reads gets an old version?',
        unit: '%',
        min: 0,
        max: 100,
        measure: (seen) => inPercent(lastRun(seen, { resource: TASK, strategy: 'redis-ttl-only' })?.stale?.rate),
      },
    },
    {
      id: 'which-memory',
      question: 'Two processes, each with a memory. The write deletes. Whose entry?',
      predict: {
        kind: 'number',
        ask: 'Two workers keep the task in their own memories. A write deletes the entry, in the worker that it happens to reach. What part of the reads gets an old version?',
        unit: '%',
        min: 0,
        max: 100,
        measure: ({ reports }) =>
          inPercent(
            reports.findLast(
              ({ config }) => config.strategy === 'memory' && config.host === 'workers' && config.workers === 2,
            )?.stale?.rate,
          ),
      },
    },
    {
      id: 'overtaken',
      question: 'The write deletes the entry. Can an old row be there afterwards?',
      predict: {
        kind: 'choice',
        ask: 'Strategy `redis`. A reader has read the row, and is held up before it stores it. Meanwhile the row is written, and the entry deleted. Then another reader asks. What does it get?',
        options: [
          { id: 'new', label: 'The new row: the entry was deleted' },
          { id: 'old', label: 'The old row, until its date' },
        ],
        measure({ figures }) {
          const behind = figures['behind:redis']
          return behind === undefined ? undefined : behind > 0 ? 'old' : 'new'
        },
      },
    },
  ],
  exercises: [
    {
      id: 'old-then-never',
      title: 'Show an old answer, then make it impossible',
      task: [
        'With `redis-ttl-only`: have a task kept, write it, and be given the old version all the same.',
        'With `redis-versioned`: have a reader overtaken by a write, so that Redis refuses what it wants to store.',
      ],
      hints: [
        'For the first: three requests for one task, the middle one a write. For the second you need a reader that is held up.',
        'In the panel: Send, Write, Send, with `redis-ttl-only`. The race below holds a reader up for you.',
        'Choose `redis-ttl-only` with a TTL of 60, and press Send, Write, Send. Then choose `redis-versioned` in the race, and press Race.',
      ],
      check: allOf(
        inOrder({
          resource: TASK,
          sameKey: true,
          steps: [
            {
              say: 'A task is kept with redis-ttl-only',
              expects: 'a miss or a hit with redis-ttl-only',
              is: by('redis-ttl-only', 'miss', 'hit'),
            },
            { say: 'It is written', expects: 'a PATCH of the task', is: ({ outcome }) => outcome === 'write' },
            {
              say: 'A hit after the write: the old version',
              expects: 'a hit with redis-ttl-only, which gives out the old version',
              is: by('redis-ttl-only', 'hit'),
            },
          ],
        }),
        rowsShow({
          say: 'A reader that was overtaken may not store the old row',
          expects: 'a refusal with redis-versioned',
          is: ({ kind, strategy }) => kind === 'refusal' && strategy === 'redis-versioned',
        }),
      ),
    },
  ],
  recall: [
    {
      id: 'written-often',
      ask: 'A row is written twice a second. Its entry lives for 10 s, and no write deletes it. What part of the answers is out of date?',
      options: ['About a tenth', 'About half', 'Nearly all'],
      answer: 2,
      why: 'The entry is right until the next write, half a second on average, and is given out for ten. What counts is how many writes come in a TTL, not their part of the requests.',
    },
    {
      id: 'four-memories',
      ask: 'Four processes keep a row in their own memories. One of them handles a write, and deletes its entry. How many go on with the old one?',
      options: ['None', 'One', 'Three'],
      answer: 2,
      why: 'A delete in memory reaches the memory that it is made in. The other three wait for their TTL, or have to be told.',
    },
    {
      id: 'old-after-the-delete',
      ask: 'Every write deletes its entry. How can an old row be kept for a whole TTL after that?',
      options: [
        'A reader had read it before the write, and stores it after the delete',
        'Redis may forget a delete',
        'It cannot',
      ],
      answer: 0,
      why: 'Between a reader’s load and its store there is a gap. A write that fits in whole leaves nothing behind that would stop the store.',
    },
    {
      id: 'what-closes-it',
      ask: 'What closes that race?',
      options: ['A longer TTL', 'A store that is refused where a newer version is known', 'Deleting twice as fast'],
      answer: 1,
      why: 'The cache has to tell a late store from a good one: by a version, or by a lease that the delete took back.',
    },
  ],
  remember: [
    'How many answers are out of date depends on the writes in a TTL. Nobody told the cache, so nearly all may be.',
    'A delete has to reach every copy. It reaches one Redis, one memory of many, and no browser.',
    'Delete on write has a race. Versions or leases close it, and a TTL bounds what slips through.',
  ],
})
