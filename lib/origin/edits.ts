import { and, count, eq, lt, sql } from 'drizzle-orm'
import { problem } from '../http/problem'
import { asking } from './asking'
import type { Database } from './database'
import { ago, removeOld } from './remove-old'
import { taskEdits, tasks } from './schema'

/** How long edits stay that no lab in use has: a process that was killed has dropped none of its labs'. */
const LEFT = '24 hours'
/** Edits of labs in use are touched when they get this old. */
const TOUCH = '6 hours'
/** Tasks that one lab may have edited at the same time. */
export const EDITS = 1_000

/** A task as it is read and written. Dates are ISO 8601. */
export interface Task {
  id: number
  title: string
  status: 'todo' | 'doing' | 'done'
  ownerId: number
  dueDate: string
  notes: string
  version: number
  updatedAt: string
}

export type TaskPatch = Partial<Pick<Task, 'title' | 'status' | 'dueDate' | 'notes'>>

/** The columns of a task with a lab's edits laid over the seeded row. */
export const edited = {
  id: tasks.id,
  title: sql<string>`coalesce(${taskEdits.title}, ${tasks.title})`,
  status: sql<Task['status']>`coalesce(${taskEdits.status}, ${tasks.status})`,
  ownerId: tasks.ownerId,
  dueDate: sql<string>`coalesce(${taskEdits.dueDate}, ${tasks.dueDate})`,
  notes: sql<string>`coalesce(${taskEdits.notes}, ${tasks.notes})`,
  version: sql<number>`coalesce(${taskEdits.version}, ${tasks.version})`,
  updatedAt: sql<Date>`coalesce(${taskEdits.updatedAt}, ${tasks.updatedAt})`.mapWith(tasks.updatedAt),
}

/** How a task meets the edits of `lab`. */
export const editOf = (lab: string) => and(eq(taskEdits.lab, lab), eq(taskEdits.taskId, tasks.id))

/** One task as `lab` sees it, by its primary key: one statement. */
export async function readTask({ db }: Database, lab: string, id: number): Promise<Task | undefined> {
  const rows = await asking(() =>
    db.select(edited).from(tasks).leftJoin(taskEdits, editOf(lab)).where(eq(tasks.id, id)),
  )
  return rows[0] && { ...rows[0], updatedAt: rows[0].updatedAt.toISOString() }
}

/**
 * Write to the lab's overlay; the seeded row stays. The version counts on from that of the row. Throws
 * `too-many-edits`; gives undefined where there is no such task.
 */
export async function editTask(
  database: Database,
  lab: string,
  id: number,
  patch: TaskPatch,
): Promise<Task | undefined> {
  const { db } = database
  const before = await readTask(database, lab, id)
  if (!before) return undefined
  const [held] = await asking(() => db.select({ edits: count() }).from(taskEdits).where(eq(taskEdits.lab, lab)))
  if (held && held.edits >= EDITS) throw problem('too-many-edits')

  await asking(() =>
    db
      .insert(taskEdits)
      .values({ lab, taskId: id, ...patch, version: before.version + 1 })
      .onConflictDoUpdate({
        target: [taskEdits.lab, taskEdits.taskId],
        // Counted on from what is there now, so that two writers at once make two versions.
        set: { ...patch, version: sql`${taskEdits.version} + 1`, updatedAt: sql`now()`, touchedAt: sql`now()` },
      }),
  )
  return readTask(database, lab, id)
}

/** Removes the edits of a lab. */
export async function dropEdits({ db }: Database, lab: string): Promise<void> {
  await db.delete(taskEdits).where(eq(taskEdits.lab, lab))
}

/**
 * Removes the edits that labs left which didn't return for a day. Those of `inUse` are touched first, and stay; each
 * process of the app does the same for its own labs, more often than a day. Rejects when Postgres doesn't answer.
 */
export async function removeLeftEdits(database: Database, inUse: readonly string[]): Promise<void> {
  for (const lab of inUse) {
    await database.db
      .update(taskEdits)
      .set({ touchedAt: sql`now()` })
      .where(and(eq(taskEdits.lab, lab), lt(taskEdits.touchedAt, ago(TOUCH))))
  }
  await removeOld(database, taskEdits, taskEdits.touchedAt, LEFT)
}
