import type { NewItem } from '../notebook/items'
import type { Attempt } from './attempt'

/** Bounds of a notebook's item. */
const SEEN = 20
const NOTE = 500

/** A passed attempt as a notebook keeps it, with what was seen. */
export const doneItem = (lesson: string, { exercise, verdict }: Attempt): NewItem => ({
  id: `exercise:${exercise}`,
  kind: 'exercise',
  lesson,
  exercise,
  seen: verdict.goals.slice(0, SEEN).map(({ say, seen }) => cut(seen ? `${say}: ${seen}` : say)),
})

/** Half of a character is no text. */
const cut = (text: string): string => text.slice(0, NOTE).replace(/\p{Surrogate}$/u, '')
