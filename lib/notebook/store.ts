import { and, count, eq, inArray, lt, sql } from 'drizzle-orm'
import { problem } from '../http/problem'
import { asking } from '../origin/asking'
import type { Database } from '../origin/database'
import { ago, removeOld } from '../origin/remove-old'
import { notebook } from '../origin/schema'
import type { Clock } from '../reading'
import { type NewItem, type NotebookItem, type NotebookPatch, notebookItem } from './items'
import { ITEMS, UNUSED_DAYS } from './limits'

/** Where notebooks are kept, for any process of the app. Each function throws `postgres-unavailable` when it is away. */
export interface NotebookStore {
  /** A learner's items, in no order. A row of an older version of the app that no longer fits is left out. */
  read(learner: string): Promise<NotebookItem[]>
  /**
   * Keep and drop items, all or nothing. An item that is kept already in a later version stays; what is both put and
   * dropped is put. Throws `notebook-full` where more than {@link ITEMS} would be kept.
   */
  patch(learner: string, patch: NotebookPatch): Promise<void>
  /** Drop all items of a lesson, or of the whole notebook. */
  clear(learner: string, lesson?: string): Promise<void>
  /** Write an item on the server's own account: what a check saw. Nothing is written for no learner. */
  note(learner: string | undefined, item: NewItem): Promise<void>
  /** Removes what nobody has opened for {@link UNUSED_DAYS}. */
  removeOld(): Promise<void>
}

/** Keep notebooks in Postgres. */
export function notebookStore(database: Database, clock: Clock): NotebookStore {
  const { db, transaction } = database
  const of = (learner: string) => eq(notebook.learner, learner)
  /** Written at most once a day: a page that is opened often costs no writes. */
  const use = (learner: string) =>
    db
      .update(notebook)
      .set({ usedAt: sql`now()` })
      .where(and(of(learner), lt(notebook.usedAt, ago('1 day'))))

  const patch: NotebookStore['patch'] = (learner, { put, drop }) =>
    asking(() =>
      transaction(async (tx) => {
        // Two tabs that write at once count one after the other.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`notebook ${learner}`}))`)
        if (drop.length > 0) await tx.delete(notebook).where(and(of(learner), inArray(notebook.id, drop)))
        const rows = latest(put).map((item) => ({ learner, id: item.id, kind: item.kind, at: item.at, item }))
        if (rows.length > 0) {
          await tx
            .insert(notebook)
            .values(rows)
            .onConflictDoUpdate({
              target: [notebook.learner, notebook.id],
              set: { kind: sql`excluded.kind`, at: sql`excluded.at`, item: sql`excluded.item`, usedAt: sql`now()` },
              setWhere: sql`excluded.at > ${notebook.at}`,
            })
          const [kept] = await tx.select({ items: count() }).from(notebook).where(of(learner))
          // Thrown inside the transaction, which it undoes.
          if (kept && kept.items > ITEMS) throw problem('notebook-full')
        }
      }),
    )

  return {
    patch,
    removeOld: () => removeOld(database, notebook, notebook.usedAt, `${UNUSED_DAYS} days`),
    async read(learner) {
      const rows = await asking(() => db.select({ item: notebook.item }).from(notebook).where(of(learner)))
      // Best effort: what can be read is shown, also when the disk is full.
      await use(learner).catch(() => {})
      return rows.flatMap(({ item }) => {
        const known = notebookItem.safeParse(item)
        return known.success ? [known.data] : []
      })
    },
    async clear(learner, lesson) {
      const named = lesson === undefined ? undefined : eq(sql`${notebook.item} ->> 'lesson'`, lesson)
      await asking(() => db.delete(notebook).where(and(of(learner), named)))
    },
    async note(learner, item) {
      if (learner === undefined) return
      await patch(learner, { put: [notebookItem.parse({ ...item, at: clock.now() })], drop: [] })
    },
  }
}

/** One item for each id, the latest: a statement may not write one row twice. */
function latest(items: readonly NotebookItem[]): NotebookItem[] {
  const byId = new Map<string, NotebookItem>()
  for (const item of items) {
    const other = byId.get(item.id)
    if (!other || item.at > other.at) byId.set(item.id, item)
  }
  return [...byId.values()]
}
