import { expect, type Locator } from '@playwright/test'
import type { LessonSlug } from '@/lessons'
import { choose } from './choose'
import { type Learner, load, pastItsDate, send } from './learner'

/** How a learner goes through a lesson: each experiment until it is measured, each exercise done wrongly and then right. */
export interface Walk {
  experiments: Record<string, (sheet: Locator, learner: Learner) => Promise<void>>
  exercises: Record<string, ExerciseWalk>
}

export interface ExerciseWalk {
  /** Breaks the attempt, and what the page has to say of it. */
  fail(learner: Learner, exercise: Locator): Promise<void>
  reason: string | RegExp
  pass(learner: Learner, exercise: Locator): Promise<void>
}

const record = async (exercise: Locator, command: string) => {
  await exercise.getByLabel(/^A command that you ran/).fill(command)
  await exercise.getByRole('button', { name: 'Record it' }).click()
}
const ask = async (sheet: Locator, times: string) => {
  await choose(sheet, times)
  await sheet.getByRole('button', { name: /^Ask / }).click()
  // The server’s side has been heard, too.
  await expect(sheet.getByRole('button', { name: /^Ask / })).toBeEnabled()
}

/** Race a reader against a writer: the later reader has to get the old row, or the new one. */
const race = async (sheet: Locator, end: 'old' | 'new', strategy?: string) => {
  const panel = sheet.getByTestId('race')
  if (strategy) await choose(panel, strategy)
  await panel.getByRole('button', { name: 'Race', exact: true }).click()
  await expect(panel.getByRole('button', { name: 'Racing…' })).toBeVisible()
  await expect(panel.getByTestId('race-end')).toHaveAttribute('data-end', end)
}

/** 128 pairs, as many as memory holds. */
const FULL_MEMORY = {
  resource: 'exchange',
  strategy: 'memory',
  requests: 128,
  connections: 32,
  keys: { kind: 'cycle', count: 128 },
}

/** Forty requests a second for one task. */
const ONE_TASK = {
  resource: 'tasks/{id}',
  strategy: 'memory',
  mode: 'open',
  rate: 40,
  durationMs: 4_000,
  arrivals: 'even',
}

/** The source lesson’s own before and after. */
const THIRTY = { resource: 'slow-value', requests: 30, connections: 5 }

/** Typed by slug: a lesson without a walk does not compile. */
export const walks: Record<LessonSlug, Walk> = {
  'same-value-for-ten-seconds': {
    experiments: {
      async 'when-the-origin-works'(sheet) {
        await choose(sheet, 'memory')
        await sheet.getByRole('spinbutton', { name: /^TTL/ }).fill('4')
        await send(sheet, 'miss')
        await send(sheet, 'hit')
        await pastItsDate(sheet)
        await send(sheet, 'miss')
      },
      'a-thousand-requests': (sheet) => load(sheet, { strategy: 'memory', requests: 200 }),
    },
    exercises: {},
  },
  'words-to-think-with': {
    experiments: {
      async 'the-third-request'(sheet) {
        await send(sheet, 'miss')
        await send(sheet, 'hit')
        await sheet.getByRole('spinbutton', { name: 'id' }).fill('43')
        await send(sheet, 'miss')
      },
      async 'one-point-of-hit-rate'(sheet) {
        await load(sheet)
        await load(sheet, { keys: 10 })
      },
    },
    exercises: {},
  },
  'http-cache-headers': {
    experiments: {
      async 'who-hears-of-it'(sheet) {
        await choose(sheet, 'http')
        await ask(sheet, '5')
      },
      'what-no-cache-does': (sheet) => ask(sheet, '5'),
      async 'not-called-back'(sheet, { patch }) {
        await send(sheet, 'miss')
        await patch('/api/tasks/7', { title: 'Renamed' })
        await send(sheet, 'hit')
      },
    },
    exercises: {
      'one-200-then-304': {
        async fail({ ask }) {
          await ask('/api/public/config')
          await ask('/api/public/config')
        },
        reason: 'a 304: the next request carries the ETag in If-None-Match',
        async pass({ ask }) {
          const etag = (await ask('/api/public/config')).headers().etag ?? ''
          await ask('/api/public/config', { 'if-none-match': etag })
        },
      },
    },
  },
  'in-this-process-only': {
    experiments: {
      'more-keys-than-lines': (sheet) => load(sheet, { requests: 200, connections: 20 }),
      async 'a-label-without-a-date'(sheet) {
        await send(sheet, 'miss', 'lru')
        await choose(sheet, 'memory')
        await sheet.getByRole('spinbutton', { name: /^TTL/ }).fill('1')
        await send(sheet, 'miss')
        await pastItsDate(sheet)
        await send(sheet, 'miss')
        await send(sheet, 'hit', 'lru')
      },
      async 'after-a-restart'(sheet, { expired }) {
        // The experiment before may have left it in memory, for a second.
        await expired('exchange/USD-KRW', 'memory')
        await send(sheet, 'miss', 'memory')
        await send(sheet, 'hit')
        await send(sheet, 'miss', 'redis')
        await send(sheet, 'hit')
        await sheet.getByRole('button', { name: 'Restart the memory' }).click()
        await expect(sheet.getByText('In memory now: 0 entries')).toBeVisible()
        await send(sheet, 'miss', 'memory')
        await send(sheet, 'hit', 'redis')
      },
    },
    exercises: {
      'make-one-go': {
        async fail({ ask, run }) {
          await run({ ...FULL_MEMORY, start: 'cold' })
          await ask('/api/exchange?base=USD&target=KRW&cache=memory')
          await ask('/api/exchange?base=USD&target=KRW&cache=memory')
        },
        reason: 'a miss for the key that the eviction named',
        async pass({ ask, run, row }) {
          await run({ ...FULL_MEMORY, start: 'cold' })
          await ask('/api/exchange?base=USD&target=KRW&cache=memory')
          const [base, target] = (await row('eviction')).key.replace('exchange/', '').split('-')
          await ask(`/api/exchange?base=${base}&target=${target}&cache=memory`)
        },
      },
    },
  },
  'redis-shared-by-all': {
    experiments: {
      async 'as-fast-as-memory'(sheet) {
        await load(sheet, { strategy: 'memory', requests: 200 })
        await load(sheet, { strategy: 'redis' })
      },
      async 'a-task-that-is-not-there'(sheet) {
        await send(sheet, 'miss')
        await send(sheet, 'miss')
      },
      async 'redis-away'(sheet) {
        await sheet.getByRole('button', { name: 'Take Redis away' }).click()
        await expect(sheet.getByTestId('fault-switch')).toHaveAttribute('data-redis', 'away')
        await load(sheet, { requests: 100 })
        await sheet.getByRole('button', { name: 'Give Redis back' }).click()
        await expect(sheet.getByTestId('fault-switch')).toHaveAttribute('data-redis', 'ok')
      },
    },
    exercises: {
      'follow-along': {
        async fail({ ask }) {
          await ask('/api/tasks/77?cache=redis')
          await ask('/api/tasks/78?cache=redis')
        },
        reason: 'asked for tasks/78',
        async pass({ ask }) {
          await ask('/api/public/config?cache=http')
          await ask('/api/tasks/79?cache=redis')
          await ask('/api/tasks/79?cache=redis')
        },
      },
      'after-the-ttl': {
        async fail({ ask }) {
          for (let i = 0; i < 3; i += 1) await ask('/api/tasks/80?cache=redis&ttl=60')
        },
        reason: 'a miss after the TTL',
        async pass({ ask, expired }) {
          for (let i = 0; i < 2; i += 1) await ask('/api/tasks/81?cache=redis&ttl=3')
          await expired('tasks/81')
          await ask('/api/tasks/81?cache=redis&ttl=3')
        },
      },
      'invalidate-by-writing': {
        async fail({ ask }) {
          for (let i = 0; i < 2; i += 1) await ask('/api/tasks/82?cache=redis')
        },
        reason: 'a PATCH of the task',
        async pass({ ask, patch }) {
          await ask('/api/tasks/83?cache=redis')
          await patch('/api/tasks/83', { status: 'done' })
          await ask('/api/tasks/83?cache=redis')
        },
      },
    },
  },
  'how-long-is-fresh': {
    experiments: {
      async 'double-the-ttl'(sheet) {
        await sheet.getByLabel('Each run').fill('1')
        await sheet.getByRole('button', { name: 'Run 5 runs' }).click()
        await expect(sheet.getByTestId('sweep-status')).toHaveAttribute('data-status', 'over', { timeout: 60_000 })
      },
      async 'fresh-and-wrong'(sheet) {
        await send(sheet, 'miss', 'memory')
        await send(sheet, 'hit')
        await send(sheet, 'bypass', 'none')
      },
      async 'latency-against-staleness'(sheet) {
        await sheet.getByLabel('Each run').fill('1')
        await sheet.getByRole('button', { name: 'Run 5 runs' }).click()
        await expect(sheet.getByTestId('sweep-status')).toHaveAttribute('data-status', 'over', { timeout: 60_000 })
        await expect(sheet.getByRole('row', { name: /^2 s/ })).toBeVisible()
      },
      'spread-thin': (sheet) => load(sheet, { seconds: 2 }),
    },
    exercises: {
      'choose-a-ttl': {
        fail: ({ run }) => run({ ...ONE_TASK, ttl: 60 }),
        reason: /an oldest answer of \d/,
        pass: ({ run }) => run({ ...ONE_TASK, ttl: 1.5 }),
      },
    },
  },
  'fix-the-query-first': {
    experiments: {
      async 'one-list-two-ways'(sheet) {
        const panel = sheet.getByRole('region', { name: 'Run a load' })
        await load(sheet, { requests: 10 })
        await choose(panel, 'join')
        await load(sheet)
      },
      async 'what-a-cache-hides'(sheet) {
        await load(sheet, { requests: 20 })
        await load(sheet, { strategy: 'redis', requests: 100 })
      },
      async 'only-what-is-shown'(sheet) {
        await load(sheet, { requests: 10 })
        await choose(sheet, 'needed')
        await load(sheet)
      },
    },
    exercises: {
      'same-list-fewer-queries': {
        async fail({ ask }) {
          for (let i = 0; i < 2; i += 1) await ask('/api/tasks?owner=7&plan=n-plus-one&cache=none')
        },
        reason: 'by one query: plan join',
        async pass({ ask }) {
          await ask('/api/tasks?owner=7&plan=n-plus-one&cache=none')
          await ask('/api/tasks?owner=7&plan=join&cache=none')
        },
      },
    },
  },
  'one-process': {
    experiments: {
      async 'more-connections'(sheet) {
        await load(sheet, { connections: 10, requests: 300 })
        await load(sheet, { connections: 50 })
      },
      'two-memories': (sheet) => load(sheet, { workers: 2 }),
      async 'what-the-framework-hides'(sheet) {
        await load(sheet, { requests: 200 })
        await load(sheet, { strategy: 'redis' })
      },
    },
    exercises: {
      'try-a-flag': {
        fail: (_, exercise) => record(exercise, 'ls -l'),
        reason: 'uvicorn with --workers, --loop or --http, or Node with an option',
        async pass({ run }, exercise) {
          await run({ resource: 'tasks/{id}', strategy: 'memory', requests: 1_000, connections: 20 })
          await record(exercise, 'uvicorn app.main:app --workers 4 --loop uvloop --http httptools')
        },
      },
    },
  },
  'measure-honestly': {
    experiments: {
      'where-the-mean-is': (sheet) => load(sheet, { seconds: 3 }),
      async 'where-p99-stays'(sheet) {
        await load(sheet)
        await load(sheet, { requests: 1_000 })
      },
      async 'a-server-that-stalls'(sheet) {
        await load(sheet, { requests: 1_000 })
        await load(sheet, { more: 'open', seconds: 3 })
      },
      async 'the-first-run'(sheet) {
        await load(sheet)
        await load(sheet, { more: 'warm' })
      },
    },
    exercises: {
      'from-a-terminal': {
        fail: (_, exercise) => record(exercise, 'cat access.log'),
        reason: 'a benchmark with its target',
        async pass({ ask }, exercise) {
          for (let i = 0; i < 20; i += 1) {
            await Promise.all(Array.from({ length: 10 }, () => ask('/api/slow-value?cache=memory&delay=0')))
          }
          await record(exercise, "hey -n 200 -c 10 'http://127.0.0.1:3000/api/slow-value?cache=memory&delay=0'")
        },
      },
    },
  },
  'before-and-after': {
    experiments: {
      async 'thirty-requests'(sheet) {
        await load(sheet)
        await load(sheet, { strategy: 'memory' })
      },
    },
    exercises: {
      'definition-of-done': {
        async fail({ run }) {
          await run({ ...THIRTY, strategy: 'none' })
          await run({ ...THIRTY, strategy: 'memory', connections: 10 })
        },
        reason: 'differed in more than its strategy',
        async pass({ run }, exercise) {
          await run({ ...THIRTY, strategy: 'none' })
          await run({ ...THIRTY, strategy: 'memory' })
          await record(exercise, "hey -n 30 -c 5 'http://127.0.0.1:3000/api/slow-value?cache=memory'")
        },
      },
    },
  },
  'what-the-key-leaves-out': {
    experiments: {
      async 'whose-language'(sheet) {
        await send(sheet, 'miss')
        await sheet.getByLabel('Accept-Language').fill('de')
        await send(sheet, 'hit')
      },
      async 'a-poisoned-link'(sheet) {
        await send(sheet, 'miss')
        await sheet.getByLabel('X-Forwarded-Host').fill('')
        await send(sheet, 'hit')
      },
      async 'one-cookie-for-two'(sheet) {
        await send(sheet, 'miss')
        await send(sheet, 'hit')
      },
    },
    exercises: {
      'keep-them-apart': {
        async fail({ ask, atEdge }) {
          await ask(await atEdge('/api/welcome?cache=s-maxage&cookie=private&ttl=71'))
          const shared = await atEdge('/api/welcome?cache=s-maxage&cookie=set&ttl=71')
          for (let i = 0; i < 2; i += 1) await ask(shared)
        },
        reason: 'a miss, with cookie=private',
        async pass({ ask, atEdge }) {
          const url = await atEdge('/api/welcome?cache=s-maxage&cookie=private&ttl=72')
          for (let i = 0; i < 2; i += 1) await ask(url)
        },
      },
    },
  },
  'a-cache-for-everybody': {
    experiments: {
      async 'two-headers-two-caches'(sheet) {
        // The first starts the edge.
        await send(sheet, 'miss')
        await send(sheet, 'hit')
      },
      'two-hundred-visitors': (sheet) => load(sheet),
      async 'renewed-behind'(sheet) {
        await load(sheet, { seconds: 3 })
        await load(sheet, { strategy: 'stale-while-revalidate' })
      },
    },
    exercises: {
      'one-for-two': {
        async fail({ ask }) {
          for (let i = 0; i < 2; i += 1) await ask('/api/public/config?cache=s-maxage')
        },
        reason: 'a hit in the edge',
        async pass({ ask, atEdge }) {
          const url = await atEdge('/api/public/config?cache=s-maxage&ttl=70')
          for (let i = 0; i < 2; i += 1) await ask(url)
        },
      },
    },
  },
  'when-the-value-changes': {
    experiments: {
      'one-write-in-ten': (sheet) => load(sheet, { seconds: 2 }),
      'which-memory': (sheet) => load(sheet, { requests: 200 }),
      async overtaken(sheet) {
        await race(sheet, 'old')
        await race(sheet, 'new', 'redis-versioned')
      },
    },
    exercises: {
      'old-then-never': {
        async fail({ ask, patch }) {
          await ask('/api/tasks/90?cache=redis-ttl-only')
          await patch('/api/tasks/90', { status: 'done' })
          await ask('/api/tasks/90?cache=redis')
        },
        reason: 'a hit with redis-ttl-only, which gives out the old version',
        async pass({ page }) {
          const sheet = page.locator('section#exercise-old-then-never')
          await send(sheet, 'miss')
          await sheet.getByRole('button', { name: 'Write', exact: true }).click()
          await expect(sheet.getByTestId('written')).toContainText('version 2')
          await send(sheet, 'hit')
          await race(sheet, 'new')
        },
      },
    },
  },
}
