import { sql } from 'drizzle-orm'
import { bigint, date, index, integer, jsonb, pgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** Everything is in a schema of its own, so that an external database keeps its tables apart from ours. */
export const hitrate = pgSchema('hitrate')

export const STATUSES = ['todo', 'doing', 'done'] as const

const status = () => text('status', { enum: STATUSES })
const now = (name: string) => timestamp(name, { withTimezone: true }).notNull().default(sql`now()`)

export const users = hitrate.table('users', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
})

export const tasks = hitrate.table(
  'tasks',
  {
    id: integer('id').primaryKey(),
    title: text('title').notNull(),
    status: status().notNull(),
    ownerId: integer('owner_id')
      .notNull()
      .references(() => users.id),
    dueDate: date('due_date').notNull(),
    notes: text('notes').notNull(),
    /** Grows by one with every edit: by it the age of an answer is known. */
    version: integer('version').notNull().default(1),
    updatedAt: now('updated_at'),
  },
  (table) => [index('tasks_owner_id').on(table.ownerId)],
)

export const comments = hitrate.table(
  'comments',
  {
    id: integer('id').primaryKey(),
    taskId: integer('task_id')
      .notNull()
      .references(() => tasks.id),
    authorId: integer('author_id')
      .notNull()
      .references(() => users.id),
    body: text('body').notNull(),
    createdAt: now('created_at'),
  },
  (table) => [index('comments_task_id').on(table.taskId)],
)

/** What a lab wrote over a seeded task; null in the columns that it left as they are. */
export const taskEdits = hitrate.table(
  'task_edits',
  {
    lab: text('lab').notNull(),
    taskId: integer('task_id')
      .notNull()
      .references(() => tasks.id),
    title: text('title'),
    status: status(),
    dueDate: date('due_date'),
    notes: text('notes'),
    version: integer('version').notNull(),
    updatedAt: now('updated_at'),
    /** When it was last written, or its lab last found in use: an edit of a lab that never returns is removed by it. */
    touchedAt: now('touched_at'),
  },
  (table) => [primaryKey({ columns: [table.lab, table.taskId] }), index('task_edits_touched_at').on(table.touchedAt)],
)

/** Reports of runs, kept for any instance of the app to show. */
export const runs = hitrate.table(
  'runs',
  {
    id: text('id').primaryKey(),
    lab: text('lab').notNull(),
    status: text('status').notNull(),
    config: jsonb('config').notNull(),
    report: jsonb('report'),
    /** Why it failed, or who stopped it. */
    reason: text('reason'),
    /** How it went over time: a bounded list of snapshots. Null for runs from before it was stored. */
    series: jsonb('series'),
    createdAt: now('created_at'),
  },
  (table) => [
    index('runs_lab_created_at').on(table.lab, table.createdAt),
    index('runs_created_at').on(table.createdAt),
  ],
)

/** What learners keep: one row an item of a notebook. */
export const notebook = hitrate.table(
  'notebook',
  {
    learner: text('learner').notNull(),
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    /** When the learner wrote it, in epoch milliseconds: of two versions the later stands. */
    at: bigint('at', { mode: 'number' }).notNull(),
    item: jsonb('item').notNull(),
    /** When it was last written or read, to a day: what nobody uses is dropped. */
    usedAt: now('used_at'),
  },
  (table) => [primaryKey({ columns: [table.learner, table.id] }), index('notebook_used_at').on(table.usedAt)],
)

/** Which generation of the seed is in the tables. Written in the transaction that seeds. */
export const seeds = hitrate.table('seeds', {
  generation: integer('generation').primaryKey(),
  seededAt: now('seeded_at'),
})
