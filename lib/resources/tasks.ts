import type { Origin } from '../origin/origin'
import { type Columns, listByJoin, listByLoop, type TaskList } from '../origin/task-list'
import { defineResource } from './resource'

const PLANS = ['join', 'n-plus-one'] as const
const COLUMNS = ['all', 'needed'] as const satisfies Columns[]

const keyOf = (owner: number, plan: string, columns: string) => `tasks?owner=${owner}&plan=${plan}&columns=${columns}`

/** Every key under which the list of an owner may be kept. */
export const listKeys = (owner: number): string[] =>
  PLANS.flatMap((plan) => COLUMNS.map((columns) => keyOf(owner, plan, columns)))

/** The list that these values ask for. */
export function readList(
  { owner, plan, columns }: { owner: number; plan: string; columns: string },
  { database, lab }: Pick<Origin, 'database' | 'lab'>,
): Promise<TaskList> {
  const list = plan === 'join' ? listByJoin : listByLoop
  return list(database, lab, owner, columnsOf(columns))
}

/** A list as it is answered. */
export const listAnswer = (owner: number, { tasks }: TaskList) => ({ owner, tasks })

/** The checked value of `columns=` as the origin takes it. */
export const columnsOf = (columns: string): Columns => (columns === 'needed' ? 'needed' : 'all')

/** An owner's tasks with their comments, asked for well or badly. */
export const tasks = defineResource({
  id: 'tasks',
  title: 'An owner’s tasks',
  about: 'The tasks of one owner, each with its comments: by one query, or by one and then one more for each task.',
  params: {
    owner: { kind: 'number', in: 'query', min: 1, max: 1_000, default: 1, about: 'The owner' },
    plan: {
      kind: 'choice',
      in: 'query',
      options: PLANS,
      default: 'join',
      about: 'How comments are fetched: with a join, or with one more query for each task',
    },
    columns: {
      kind: 'choice',
      in: 'query',
      options: COLUMNS,
      default: 'all',
      about: 'All columns, or only those that a list shows',
    },
  },
  strategy: 'none',
  ttl: 120,
  capacity: 32,
  scope: 'private',
  key: ({ owner, plan, columns }) => keyOf(owner, plan, columns),
  async load(values, origin) {
    const list = await readList(values, origin)
    return { value: listAnswer(values.owner, list), version: list.version, queries: list.queries }
  },
  keys: { max: 1_000, nth: (n) => ({ owner: n + 1 }) },
})
