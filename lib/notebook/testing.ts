import { randomBytes } from 'node:crypto'
import type { ItemOf, NotebookItem } from './items'

/** What tests of the notebook share: learners that nobody else is, and items. */

export const newLearner = (): string => randomBytes(16).toString('hex')

export const command = (of: string, at = 1, text = `hey -n ${at}`): ItemOf<'command'> => ({
  id: `command:${of}`,
  kind: 'command',
  at,
  lesson: 'measure-honestly',
  text,
})

export const prediction = (over: Partial<ItemOf<'prediction'>> = {}): ItemOf<'prediction'> => ({
  id: `prediction:${over.experiment ?? 'a-thousand-requests'}`,
  kind: 'prediction',
  at: 1,
  lesson: 'same-value-for-ten-seconds',
  experiment: 'a-thousand-requests',
  ask: 'How often is the origin called?',
  unit: 'calls',
  said: 1,
  measured: 20,
  ...over,
})

export const run = (of: string, at = 1): ItemOf<'run'> => ({
  id: `run:${of}`,
  kind: 'run',
  at,
  lesson: 'same-value-for-ten-seconds',
  experiment: 'a-thousand-requests',
  run: of,
  resource: 'slow-value',
  strategy: 'memory',
  ttl: 10,
  seed: 1,
  requests: 1_000,
  errors: 0,
  hitRate: 0.98,
  originCalls: 20,
  throughput: 4_321.5,
  p50: 1.25,
  p95: 2.5,
  p99: 204,
  usable: true,
})

const of = { lesson: 'same-value-for-ten-seconds', at: 1 }

/** One item of every kind. */
export const everyKind: readonly NotebookItem[] = [
  { ...of, id: `progress:${of.lesson}`, kind: 'progress', reading: 'begun', heading: 'Yesterday’s notebook', begun: 1 },
  prediction(),
  run('r1'),
  {
    ...of,
    id: 'conclusion:a-thousand-requests',
    kind: 'conclusion',
    experiment: 'a-thousand-requests',
    text: 'It rests.',
  },
  { ...of, id: 'exercise:follow', kind: 'exercise', exercise: 'follow', seen: ['#1 miss, 203 ms', '#2 hit'] },
  { ...of, id: 'hints:follow', kind: 'hints', exercise: 'follow', used: 2 },
  command('c1'),
  { ...of, id: 'recall:q', kind: 'recall', question: 'q', answers: [{ at: 1, right: true }] },
]
