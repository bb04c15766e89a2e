import { randomBytes } from 'node:crypto'
import type { ItemOf } from './items'

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
