import { z } from 'zod'
import { editTask, readTask, type TaskPatch } from '../origin/edits'
import { defineResource } from './resource'
import { listKeys } from './tasks'

const patch = z
  .strictObject({
    title: z.string().min(1).max(200),
    status: z.enum(['todo', 'doing', 'done']),
    // There is no year 0 in Postgres.
    dueDate: z.iso.date().refine((date) => !date.startsWith('0000'), 'takes a date from 0001-01-01'),
    notes: z.string().max(2_000),
  })
  .partial()
  .refine((fields) => Object.keys(fields).length > 0, 'takes at least one of title, status, dueDate, notes')

/** One task by its primary key: the smallest question there is to a database, asked very often. */
export const task = defineResource({
  id: 'tasks/{id}',
  title: 'One task',
  about: 'A task by its id: one indexed query.',
  params: {
    id: { kind: 'number', in: 'path', min: 1, max: 2_147_483_647, default: 1, about: 'The task; 1 to 100,000 exist' },
    slow: {
      kind: 'number',
      in: 'query',
      min: 0,
      max: 2_000,
      default: 0,
      unit: 'ms',
      seldom: true,
      about: 'Wait added on purpose after the row was read and before it is handed on: time for a write to overtake it',
    },
  },
  strategy: 'none',
  ttl: 120,
  capacity: 1_000,
  scope: 'private',
  absent: 'task-not-found',
  key: ({ id }) => `tasks/${id}`,
  async load({ id, slow }, { database, lab, delay }) {
    const row = await readTask(database, lab, id)
    const addedMs = slow > 0 ? await delay(slow) : undefined
    return row && { value: row, version: row.version, queries: 1, addedMs }
  },
  write: {
    body: patch,
    nth: (n) => ({ notes: `Written by a run, body ${n + 1}.` }),
    async apply({ id }, body, { database, lab }) {
      const row = await editTask(database, lab, id, body as TaskPatch)
      if (!row) return undefined
      const touches = [
        { resource: 'tasks/{id}', key: `tasks/${id}`, row: { value: row, version: row.version } },
        // What a list is now, the write does not know: it has other tasks, and comments.
        ...listKeys(row.ownerId).map((key) => ({ resource: 'tasks', key })),
      ]
      return { value: row, version: row.version, queries: 4, touches }
    },
  },
  keys: { max: 10_000, nth: (n) => ({ id: n + 1 }) },
})
