/** A procedure that the reader puts together: its steps, here in the right order. */
export interface Ordering {
  id: string
  title: string
  steps: readonly OrderingStep[]
}

export interface OrderingStep {
  /** Unique in its ordering. */
  id: string
  text: string
  /** Why it stands where it does: a sentence or two, shown where it was put elsewhere. */
  why: string
}

export const orderings = [
  {
    id: 'cache-aside',
    title: 'Read through a cache that stands aside',
    steps: [
      {
        id: 'look-up',
        text: 'Look the key up in the cache.',
        why: 'The cache is asked before anything else. Work that was begun before the answer is known cannot be saved any more.',
      },
      {
        id: 'fresh',
        text: 'Is it there, and before its date? Then return it: a hit.',
        why: 'A hit ends here. What comes after this step is only for a miss; otherwise every request would pay for it.',
      },
      {
        id: 'load',
        text: 'A miss: load the value from the origin.',
        why: 'The origin is slow, so it is asked only when the cache could not answer, and before there is anything to store.',
      },
      {
        id: 'store',
        text: 'Store the value under the key, with a TTL.',
        why: 'What was just loaded is stored before it is returned, with a date from the start. Without one it would be served for ever.',
      },
      {
        id: 'return',
        text: 'Return the value to whoever asked.',
        why: 'This reader waited for the origin. By now the value is kept, so the next one need not wait.',
      },
    ],
  },
  {
    id: 'invalidate-on-write',
    title: 'Change a row that is cached',
    steps: [
      {
        id: 'check',
        text: 'Check what was sent, and refuse it if it does not fit.',
        why: 'A write that is refused has changed nothing, so there is nothing to write and nothing to forget.',
      },
      {
        id: 'write',
        text: 'Write the new row to the database.',
        why: 'The database is the truth, so it changes first. Were the entry deleted before, a reader could fetch the old row meanwhile and store it again, for a whole TTL.',
      },
      {
        id: 'committed',
        text: 'Wait until the database has committed it.',
        why: 'Until the commit others still read the old row. Only after it does a fresh load find the new one.',
      },
      {
        id: 'delete',
        text: 'Delete the entry from the cache.',
        why: 'Now the next reader misses and loads the new row. Deleting is safer than writing the value into the cache: of two writers the slower one could leave an old value there.',
      },
      {
        id: 'answer',
        text: 'Tell the writer that it is done.',
        why: 'Whoever reads after this answer must see the new row, so the entry is gone before it is sent.',
      },
    ],
  },
] as const satisfies readonly Ordering[]

/** The ordering of an id. Throws where there is none, which stops the build of a lesson that names it. */
export function orderingById(id: string): Ordering {
  const found = (orderings as readonly Ordering[]).find((ordering) => ordering.id === id)
  if (!found) throw new Error(`There is no ordering ${id}`)
  return found
}
