import { randomLcg } from 'd3-random'
import { sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { type STATUSES, seeds } from './schema'
import { COMMENTS, CONTEXTS, FIRST_NAMES, LAST_NAMES, OBJECTS, SENTENCES, VERBS } from './seed-text'

/** Rows of each table. */
export const SEEDED = { users: 1_000, tasks: 100_000, comments: 300_000 } as const

/** Raise it when what is seeded changes: tables of an older generation are emptied and seeded anew. */
const GENERATION = 1
const SEED = 0.271828
/** Rows of one statement: large enough to be quick, small enough to tell of progress. */
const BATCH = 5_000
/** Notes are this long, in characters. */
const NOTES = { least: 200, most: 400 }
/** The days within which everything happened: fixed, so that every machine has the same rows. */
const FIRST_DAY = Date.UTC(2026, 0, 5)
const DAYS = 300
const DAY_MS = 86_400_000

type Transaction = Parameters<Parameters<NodePgDatabase['transaction']>[0]>[0]

/**
 * Fill the tables, once, in one transaction: ended half-way, it leaves nothing.
 * @param progress told of the rows so far and of all that there will be.
 * @returns whether there was anything to do.
 */
export async function seed(
  db: NodePgDatabase,
  progress: (done: number, total: number) => void = () => {},
): Promise<boolean> {
  const [last] = await db.select({ generation: seeds.generation }).from(seeds)
  if (last?.generation === GENERATION) return false

  const total = SEEDED.users + SEEDED.tasks + SEEDED.comments
  let done = 0
  await db.transaction(async (transaction) => {
    // Nothing is lost that could not be seeded again.
    await transaction.execute(sql`set local synchronous_commit = off`)
    await transaction.execute(
      sql`truncate hitrate.task_edits, hitrate.comments, hitrate.tasks, hitrate.users, hitrate.seeds`,
    )
    const constraints = await withoutConstraints(transaction)
    for (const [table, batch] of seededRows()) {
      // Parameters of one statement end at 65,535; one JSON holds a batch of any width.
      const name = sql.identifier(table)
      await transaction.execute(
        sql`insert into hitrate.${name} select * from json_populate_recordset(null::hitrate.${name}, ${JSON.stringify(batch)})`,
      )
      done += batch.length
      progress(done, total)
    }
    await constraints.restore()
    await transaction.insert(seeds).values({ generation: GENERATION })
  })
  // Without it the first readers would write hint bits, and the planner would guess.
  for (const table of Object.keys(SEEDED)) await db.execute(sql`vacuum (analyze) hitrate.${sql.identifier(table)}`)
  return true
}

/**
 * Drop indexes and foreign keys of the seeded tables until they are full: built once over all rows they take a third
 * of the time.
 */
async function withoutConstraints(transaction: Transaction): Promise<{ restore(): Promise<void> }> {
  const { rows } = await transaction.execute<{ drop: string; make: string }>(sql`
    select 'alter table ' || conrelid::regclass || ' drop constraint ' || quote_ident(conname) as drop,
      'alter table ' || conrelid::regclass || ' add constraint ' || quote_ident(conname) || ' '
        || pg_get_constraintdef(oid) as make
    from pg_constraint
    where contype = 'f' and connamespace = 'hitrate'::regnamespace
    union all
    select 'drop index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
    from pg_index
    where indrelid in ('hitrate.tasks'::regclass, 'hitrate.comments'::regclass) and not indisunique`)
  const run = async (statements: string[]) => {
    for (const statement of statements) await transaction.execute(sql.raw(statement))
  }
  await run(rows.map(({ drop }) => drop))
  return { restore: () => run(rows.map(({ make }) => make).reverse()) }
}

/** A row, by the names of its columns. Dates are ISO 8601. */
type Row = Record<string, string | number>

/** All rows in batches, parents first: the same rows on every machine. */
export function* seededRows(): Generator<[table: keyof typeof SEEDED, batch: Row[]]> {
  const random = randomLcg(SEED)
  const make = { users: () => userRows(random), tasks: () => taskRows(random), comments: () => commentRows(random) }
  for (const table of ['users', 'tasks', 'comments'] as const) {
    let batch: Row[] = []
    for (const row of make[table]()) {
      batch.push(row)
      if (batch.length === BATCH) {
        yield [table, batch]
        batch = []
      }
    }
    if (batch.length > 0) yield [table, batch]
  }
}

function* userRows(random: () => number): Generator<Row> {
  for (let id = 1; id <= SEEDED.users; id++) {
    const [first, last] = [pick(FIRST_NAMES, random), pick(LAST_NAMES, random)]
    const email = `${first}.${last}.${id}@example.com`.toLowerCase()
    yield { id, name: `${first} ${last}`, email }
  }
}

function* taskRows(random: () => number): Generator<Row> {
  for (let id = 1; id <= SEEDED.tasks; id++) {
    const context = random() < 0.8 ? ` ${pick(CONTEXTS, random)}` : ''
    yield {
      id,
      title: `${pick(VERBS, random)} ${pick(OBJECTS, random)}${context}`,
      status: statusOf(random()),
      owner_id: upTo(SEEDED.users, random),
      due_date: new Date(FIRST_DAY + upTo(DAYS, random) * DAY_MS).toISOString().slice(0, 10),
      notes: notes(random),
      version: 1,
      updated_at: moment(random),
    }
  }
}

function* commentRows(random: () => number): Generator<Row> {
  for (let id = 1; id <= SEEDED.comments; id++) {
    yield {
      id,
      task_id: upTo(SEEDED.tasks, random),
      author_id: upTo(SEEDED.users, random),
      body: pick(COMMENTS, random),
      created_at: moment(random),
    }
  }
}

/** Half of all tasks are done, as in any list that has been used for a while. */
function statusOf(share: number): (typeof STATUSES)[number] {
  if (share < 0.5) return 'done'
  return share < 0.65 ? 'doing' : 'todo'
}

function notes(random: () => number): string {
  const wanted = NOTES.least + random() * (NOTES.most - NOTES.least - LONGEST_SENTENCE)
  // From a random one onwards, so that no sentence comes twice.
  let next = Math.floor(random() * SENTENCES.length)
  let text = SENTENCES[next] ?? ''
  while (text.length < wanted) {
    next = (next + STRIDE) % SENTENCES.length
    text += ` ${SENTENCES[next]}`
  }
  return text
}

/** Prime to the number of sentences: it visits them all. */
const STRIDE = 7
const LONGEST_SENTENCE = Math.max(...SENTENCES.map(({ length }) => length)) + 1

function pick(from: readonly string[], random: () => number): string {
  return from[Math.floor(random() * from.length)] ?? ''
}

/** A whole number from 1 to `most`. */
function upTo(most: number, random: () => number): number {
  return 1 + Math.floor(random() * most)
}

function moment(random: () => number): string {
  return new Date(FIRST_DAY + Math.floor(random() * DAYS * DAY_MS)).toISOString()
}
