import { z } from 'zod'
import { isStorable, STORABLE } from '../http/storable'
import { ITEMS, LATEST, PUT_ITEMS } from './limits'

/**
 * A learner's notebook is a set of items, each with an id that says what it is of: a second prediction of the same
 * experiment takes the place of the first. Of two versions of one item the later `at` stands. The schemas check what
 * browsers send, what is imported, and what Postgres gives back.
 */

const text = z.string().refine(isStorable, `takes ${STORABLE}`)
const key = text.min(1).max(80)
const id = text.min(1).max(160)
const at = z.int().min(0).max(LATEST).describe('epoch milliseconds')
const note = text.max(500)
const figure = z.number()

const base = <const Kind extends string>(kind: Kind) => ({
  id: id.describe('the kind, a colon, and what it is of'),
  kind: z.literal(kind),
  at,
})

/** How far a lesson was read, and the heading last seen. */
export const progressItem = z.strictObject({
  ...base('progress'),
  lesson: key,
  reading: z.enum(['begun', 'read']),
  heading: text.max(120).optional(),
  begun: at.optional().describe('when it was first opened, in epoch milliseconds'),
})

/** What was said before an experiment, and what came of it. `said` is absent where the reader skipped it. */
export const predictionItem = z.strictObject({
  ...base('prediction'),
  lesson: key,
  experiment: key,
  ask: note,
  unit: text.max(12).optional(),
  said: z.union([figure, text.max(80)]).optional(),
  measured: z.union([figure, text.max(80)]).optional(),
})

/** A run that ended: its config and the figures that a notebook shows. The whole report is at `/api/runs/{run}`. */
export const runItem = z.strictObject({
  ...base('run'),
  lesson: key.optional(),
  experiment: key.optional(),
  run: key,
  resource: key,
  strategy: key,
  ttl: figure,
  seed: z.int(),
  requests: figure,
  errors: figure,
  hitRate: figure,
  originCalls: figure,
  throughput: figure.describe('requests per second'),
  p50: figure.describe('ms'),
  p95: figure.describe('ms'),
  p99: figure.describe('ms'),
  usable: z
    .boolean()
    .optional()
    .describe('whether the metrics may be used; absent for runs from before this was stored'),
})

/** One sentence on what an experiment showed. */
export const conclusionItem = z.strictObject({ ...base('conclusion'), lesson: key, experiment: key, text: note })

/** An exercise that the server saw done, and what it saw. */
export const exerciseItem = z.strictObject({
  ...base('exercise'),
  lesson: key,
  exercise: key,
  seen: z.array(note).max(20),
})

/** How far down the ladder of an exercise's hints the learner went. */
export const hintsItem = z.strictObject({ ...base('hints'), lesson: key, exercise: key, used: z.int().min(0).max(3) })

/** A command that the learner ran in a terminal, or a setting that they tuned. */
export const commandItem = z.strictObject({
  ...base('command'),
  lesson: key.optional(),
  text: text.min(1).max(1_000),
})
export type RunCommand = Pick<z.infer<typeof commandItem>, 'at' | 'text'>

/** The answers to a question, the oldest first: when it comes back depends on them. */
export const recallItem = z.strictObject({
  ...base('recall'),
  lesson: key,
  question: key,
  answers: z
    .array(z.strictObject({ at, right: z.boolean() }))
    .min(1)
    .max(20),
})

export const notebookItem = z
  .discriminatedUnion('kind', [
    progressItem,
    predictionItem,
    runItem,
    conclusionItem,
    exerciseItem,
    hintsItem,
    commandItem,
    recallItem,
  ])
  .refine((item) => item.id.startsWith(`${item.kind}:`), {
    path: ['id'],
    message: 'takes text that begins with the kind and a colon',
  })
export type NotebookItem = z.infer<typeof notebookItem>
export type NotebookKind = NotebookItem['kind']
/** An item as it is written: the time is that of the writing. */
export type NewItem = NotebookItem extends infer Item ? (Item extends NotebookItem ? Omit<Item, 'at'> : never) : never
export type ItemOf<Kind extends NotebookKind> = Extract<NotebookItem, { kind: Kind }>

/** What `GET /api/notebook` answers. */
export const notebook = z.object({ items: z.array(notebookItem) })

/** What `PATCH /api/notebook` takes: items to keep, and the ids of those to drop. */
export const notebookPatch = z.strictObject({
  put: z.array(notebookItem).max(PUT_ITEMS).default([]),
  drop: z.array(id).max(ITEMS).default([]),
})
export type NotebookPatch = z.infer<typeof notebookPatch>
