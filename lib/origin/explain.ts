import { type SQLWrapper, sql } from 'drizzle-orm'
import { asking } from './asking'
import type { Database } from './database'
import { type Columns, commentsOf, joinedOf, type TaskList, tasksOf } from './task-list'

/** A statement of a list, and how Postgres goes about it. */
export interface Explained {
  sql: string
  /** How often a list sends it. */
  times: number
  /** The text of `EXPLAIN (ANALYZE, BUFFERS)`. */
  explain: string
  /** Milliseconds of one execution, as Postgres measured them: planning and the way there and back are not among them. */
  executionMs: number
}

type Statement = SQLWrapper & { toSQL(): { sql: string } }

/**
 * Have Postgres explain the very statements by which `list` was read, of which it carries each out once, in a
 * transaction that may only read. N+1 statements for comments differ in nothing but the task: the first stands for all.
 */
export function explainList(
  database: Database,
  lab: string,
  { owner, plan, columns }: { owner: number; plan: string; columns: Columns },
  list: TaskList,
): Promise<Explained[]> {
  return asking(() =>
    database.transaction(async (tx) => {
      const explained = async (statement: Statement, times: number): Promise<Explained> => {
        const { rows } = await tx.execute<{ 'QUERY PLAN': string }>(
          sql`explain (analyze, buffers) ${statement.getSQL()}`,
        )
        const explain = rows.map((row) => row['QUERY PLAN']).join('\n')
        const executionMs = Number(/Execution Time: ([\d.]+) ms/.exec(explain)?.[1])
        return { sql: statement.toSQL().sql, times, explain, executionMs }
      }
      if (plan === 'join') return [await explained(joinedOf(tx, lab, owner, columns), 1)]
      const [first] = list.tasks
      return [
        await explained(tasksOf(tx, lab, owner, columns), 1),
        ...(first ? [await explained(commentsOf(tx, first.id, columns), list.tasks.length)] : []),
      ]
    }, 'read only'),
  )
}
