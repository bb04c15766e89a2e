import { BODY_BYTES } from '@/lib/http/body'
import type { NotebookItem, NotebookPatch } from '@/lib/notebook/items'
import { ITEMS, PUT_ITEMS } from '@/lib/notebook/limits'

/** The notebook as this browser keeps it: its items, and what of them the server has not taken yet. */
export interface Copy {
  items: Readonly<Record<string, NotebookItem>>
  unsent: Unsent
}

export interface Unsent {
  /** Ids of items that were written. */
  put: readonly string[]
  /** Ids of items that were dropped: they must not come back with what the server still has. */
  drop: readonly string[]
  /** Lessons that were reset. Goes before all else; the empty text stands for the whole notebook. */
  clear: readonly string[]
}

export const emptyCopy: Copy = { items: {}, unsent: { put: [], drop: [], clear: [] } }

/** What came of merging: items that were not there, that were later than those there, and that were no later. */
export interface Merged {
  fresh: number
  later: number
  same: number
}

const plus = (ids: readonly string[], more: readonly string[]) => [...new Set([...ids, ...more])]
const minus = (ids: readonly string[], less: readonly string[]) => {
  const gone = new Set(less)
  return ids.filter((id) => !gone.has(id))
}
const without = (items: Copy['items'], gone: (item: NotebookItem) => boolean) =>
  Object.fromEntries(Object.entries(items).filter(([, item]) => !gone(item)))

/** Write items in the place of those with their ids. */
export function putItems({ items, unsent }: Copy, put: readonly NotebookItem[]): Copy {
  const ids = put.map(({ id }) => id)
  return withRoom({
    items: { ...items, ...Object.fromEntries(put.map((item) => [item.id, item])) },
    unsent: { ...unsent, put: plus(unsent.put, ids), drop: minus(unsent.drop, ids) },
  })
}

/** Take items out, by id. */
export function dropItems({ items, unsent }: Copy, ids: readonly string[]): Copy {
  const gone = new Set(ids)
  return {
    items: without(items, ({ id }) => gone.has(id)),
    unsent: { ...unsent, put: minus(unsent.put, ids), drop: plus(unsent.drop, ids) },
  }
}

/** Take out all that is of a lesson; of the whole notebook where none is named. */
export function clearItems({ items, unsent }: Copy, lesson?: string): Copy {
  const kept = lesson === undefined ? {} : without(items, (item) => item.lesson === lesson)
  return {
    items: kept,
    unsent: {
      put: unsent.put.filter((id) => id in kept),
      drop: lesson === undefined ? [] : unsent.drop,
      clear: lesson === undefined ? [''] : plus(unsent.clear, [lesson]),
    },
  }
}

/** Take in items from a file: the later of two versions stands. */
export function mergeItems(copy: Copy, given: readonly NotebookItem[]): Copy & { merged: Merged } {
  const merged: Merged = { fresh: 0, later: 0, same: 0 }
  const taken: Record<string, NotebookItem> = {}
  for (const item of given) {
    const mine = taken[item.id] ?? copy.items[item.id]
    if (!mine) merged.fresh += 1
    else if (item.at > mine.at) merged.later += 1
    else merged.same += 1
    if (!mine || item.at > mine.at) taken[item.id] = item
  }
  return { ...putItems(copy, Object.values(taken)), merged }
}

/**
 * Take in what the server has. Its later versions stand; what was dropped here and is not yet dropped there stays away;
 * what it has not, or has in an older version, is to be sent again: a server may have lost its data, a browser its cookie.
 */
export function meetServer({ items, unsent }: Copy, theirs: readonly NotebookItem[]): Copy {
  const dropped = new Set(unsent.drop)
  const known = new Map(theirs.map((item) => [item.id, item]))
  const later = theirs.filter(({ id, at }) => !dropped.has(id) && at > (items[id]?.at ?? -1))
  const ahead = Object.values(items).filter(({ id, at }) => at > (known.get(id)?.at ?? -1))
  return withRoom({
    items: { ...items, ...Object.fromEntries(later.map((item) => [item.id, item])) },
    unsent: { ...unsent, put: ahead.map(({ id }) => id) },
  })
}

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length
/** What a body holds besides its items and ids, with some to spare. */
const FRAME_BYTES = 1_024

/** The next part of what the server has not taken, as one body holds it; undefined where it has everything. */
export function nextPatch({ items, unsent }: Copy): NotebookPatch | undefined {
  const patch: NotebookPatch = { put: [], drop: [] }
  let room = BODY_BYTES - FRAME_BYTES
  for (const id of unsent.drop) {
    room -= bytesOf(id) + 1
    if (room < 0 || patch.drop.length === ITEMS) break
    patch.drop.push(id)
  }
  for (const id of unsent.put) {
    const item = items[id]
    if (!item) continue
    room -= bytesOf(item) + 1
    if (room < 0 || patch.put.length === PUT_ITEMS) break
    patch.put.push(item)
  }
  return patch.put.length + patch.drop.length > 0 ? patch : undefined
}

/** The server has taken a patch. What was written again meanwhile is still to be sent. */
export function tookPatch({ items, unsent }: Copy, { put, drop }: NotebookPatch): Copy {
  const taken = put.filter(({ id, at }) => items[id]?.at === at).map(({ id }) => id)
  return { items, unsent: { ...unsent, put: minus(unsent.put, taken), drop: minus(unsent.drop, drop) } }
}

/** Where more is kept than a notebook may hold, the oldest runs make way. */
function withRoom(copy: Copy): Copy {
  const tooMany = Object.keys(copy.items).length - ITEMS
  if (tooMany <= 0) return copy
  const runs = Object.values(copy.items).filter(({ kind }) => kind === 'run')
  const oldest = runs.toSorted((a, b) => a.at - b.at).slice(0, tooMany)
  return dropItems(
    copy,
    oldest.map(({ id }) => id),
  )
}
