import type { Report } from '@/lib/runs/report'
import { defineLesson } from '../lesson'

/** The run that asked for so many keys, the last one there is. */
const withKeys = (reports: readonly Report[], count: number) =>
  reports.findLast(({ config }) => config.strategy === 'memory' && config.keys.count === count)

export const words = defineLesson({
  slug: 'words-to-think-with',
  title: 'Words to think with',
  summary: 'The words of caching in four groups: what is kept, how long, how it is judged, and how it is measured.',
  minutes: { core: 3, optional: 0 },
  goals: [
    'Say of any request which outcome it had, and why.',
    'Tell the three ways apart in which an entry goes: expiry, eviction, invalidation.',
    'Read a hit rate from the end that the origin feels.',
  ],
  prerequisites: ['Lesson 1: the notebook, its sell-by date, a hit and a miss.'],
  experiments: [
    {
      id: 'the-third-request',
      question: 'Task 42, task 42 again, then task 43. What is the third?',
      predict: {
        kind: 'choice',
        ask: 'Redis has just answered twice for task 42. The third request asks the same address for task 43. What is it?',
        options: [
          { id: 'hit', label: 'A hit: the cache is warm by now' },
          { id: 'miss', label: 'A miss: this is another question' },
          { id: 'bypass', label: 'A bypass: Redis is not asked' },
        ],
        measure({ sent }) {
          const asked = sent.filter(({ strategy }) => strategy === 'redis')
          const hit = asked.findIndex(({ outcome }) => outcome === 'hit')
          return hit < 0 ? undefined : asked.slice(hit + 1).find(({ outcome }) => outcome !== 'hit')?.outcome
        },
      },
    },
    {
      id: 'one-point-of-hit-rate',
      question: '98 % or 99 %: does one point matter?',
      predict: {
        kind: 'choice',
        ask: 'The hit rate rises from 98 % to 99 %. What becomes of the calls to the origin?',
        options: [
          { id: 'hardly', label: 'About one in a hundred fewer' },
          { id: 'tenth', label: 'About one in ten fewer' },
          { id: 'half', label: 'Half as many' },
        ],
        measure({ reports }) {
          const few = withKeys(reports, 10)
          const many = withKeys(reports, 20)
          if (!few || !many || many.originCalls === 0) return undefined
          const left = few.originCalls / many.originCalls
          return left > 0.95 ? 'hardly' : left > 0.75 ? 'tenth' : 'half'
        },
      },
    },
  ],
  exercises: [],
  recall: [
    {
      id: 'which-way-it-went',
      ask: 'Somebody renames a task, and the server deletes the task’s entry. The TTL had a minute left. What is that called?',
      options: ['Expiry', 'Eviction', 'Invalidation'],
      answer: 2,
      why: 'The truth has moved, so the entry is crossed out before its date. Expiry is when time is up; eviction is when space is up.',
    },
    {
      id: 'warm-for-whom',
      ask: 'A cache has answered a thousand requests for task 42. What is the first request for task 43?',
      options: ['A hit, since the cache is warm', 'A miss', 'A stale answer'],
      answer: 1,
      why: 'Entries are found by their key. What is kept under one key says nothing about another.',
    },
    {
      id: 'from-ninety-to-ninety-five',
      ask: 'The hit rate goes from 90 % to 95 %. How many calls does the origin get now, for every hundred it got?',
      options: ['95', '55', '50'],
      answer: 2,
      why: 'Read it from the other end. Ten misses in a hundred requests have become five.',
    },
  ],
  remember: [
    'A key says which question it is. Another key is another entry.',
    'Entries go when time is up, when space is up, or when the truth has moved.',
    'The hit rate is for the reader. What it leaves over is for the origin, and there one point can be half.',
  ],
})
