import { asc, eq } from 'drizzle-orm'
import { asking } from './asking'
import type { Database } from './database'
import { edited, editOf } from './edits'
import { comments, taskEdits, tasks } from './schema'

/** What a list shows of a task and of a comment, and everything there is. `version` is needed either way: it tells age. */
const TASK = { all: edited, needed: { id: edited.id, title: edited.title, version: edited.version } }
const COMMENT = {
  all: {
    id: comments.id,
    taskId: comments.taskId,
    authorId: comments.authorId,
    body: comments.body,
    createdAt: comments.createdAt,
  },
  needed: { id: comments.id, body: comments.body },
}

export type Columns = keyof typeof TASK

/** An owner's tasks, each with its comments, by id; the sum of the rows' versions; the statements that it took. */
export interface TaskList {
  tasks: ({ id: number; version: number } & Record<string, unknown>)[]
  version: number
  queries: number
}

/** What a statement is asked of: the pool, or a transaction. */
type Asked = Pick<Database['db'], 'select'>

/** The statement for an owner's tasks. Nothing is sent before it is awaited. */
export const tasksOf = (db: Asked, lab: string, owner: number, columns: Columns) =>
  db
    .select(TASK[columns])
    .from(tasks)
    .leftJoin(taskEdits, editOf(lab))
    .where(eq(tasks.ownerId, owner))
    .orderBy(asc(tasks.id))

/** The statement for the comments of one task. */
export const commentsOf = (db: Asked, task: number, columns: Columns) =>
  db.select(COMMENT[columns]).from(comments).where(eq(comments.taskId, task)).orderBy(asc(comments.id))

/** The statement for an owner's tasks joined with their comments. */
export const joinedOf = (db: Asked, lab: string, owner: number, columns: Columns) =>
  db
    .select({ task: TASK[columns], comment: COMMENT[columns] })
    .from(tasks)
    .leftJoin(taskEdits, editOf(lab))
    .leftJoin(comments, eq(comments.taskId, tasks.id))
    .where(eq(tasks.ownerId, owner))
    .orderBy(asc(tasks.id), asc(comments.id))

// #region n-plus-one
/** One statement for the tasks, then one more for the comments of each: N+1, as an ORM that loads lazily makes them. */
export async function listByLoop({ db }: Database, lab: string, owner: number, columns: Columns): Promise<TaskList> {
  const rows = await asking(() => tasksOf(db, lab, owner, columns))
  const list: TaskList['tasks'] = []
  for (const row of rows) {
    const found = await asking(() => commentsOf(db, row.id, columns))
    list.push({ ...row, comments: found })
  }
  return { tasks: list, version: sumOfVersions(list), queries: 1 + rows.length }
}
// #endregion

// #region join
/** The same in one statement: tasks joined with their comments, and put together here. */
export async function listByJoin({ db }: Database, lab: string, owner: number, columns: Columns): Promise<TaskList> {
  const rows = await asking(() => joinedOf(db, lab, owner, columns))
  const list = new Map<number, TaskList['tasks'][number] & { comments: unknown[] }>()
  for (const { task, comment } of rows) {
    const held = list.get(task.id) ?? { ...task, comments: [] }
    if (comment) held.comments.push(comment)
    list.set(task.id, held)
  }
  return { tasks: [...list.values()], version: sumOfVersions([...list.values()]), queries: 1 }
}
// #endregion

const sumOfVersions = (rows: { version: number }[]): number => rows.reduce((sum, { version }) => sum + version, 0)
