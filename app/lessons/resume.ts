import type { NotebookItem } from '@/lib/notebook/items'

/** Where to go on: a lesson, and the heading that was come to. */
export interface Place<L> {
  lesson: L
  heading?: string
}

/**
 * Where a reader left: the lesson seen last while it is not read to its end, else the next one that is not. Undefined
 * where nothing was begun, or everything is read.
 */
export function resume<L extends { slug: string }>(
  lessons: readonly L[],
  items: Readonly<Record<string, NotebookItem>>,
): Place<L> | undefined {
  const progress = lessons.flatMap(({ slug }, at) => {
    const item = items[`progress:${slug}`]
    return item?.kind === 'progress' ? [{ at, item: item }] : []
  })
  const last = progress.toSorted((a, b) => b.item.at - a.item.at)[0]
  if (!last) return undefined
  const read = new Set(progress.filter(({ item }) => item.reading === 'read').map(({ at }) => at))
  // From the one seen last on, then from the beginning.
  const order = lessons.map((_, i) => (last.at + i) % lessons.length)
  const at = order.find((each) => !read.has(each))
  const lesson = at === undefined ? undefined : lessons[at]
  return lesson && { lesson, heading: progress.find((each) => each.at === at)?.item.heading }
}
