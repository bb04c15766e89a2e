/** An order is the ids of steps, as the reader has them now. `right` is the order that they should be in. */
type Order = readonly string[]

/**
 * The order that a reader begins with: the same for everybody, and never the right one. Numbers come from `random`, 0
 * up to but without 1 (Fisher and Yates).
 */
export function shuffled(right: Order, random: () => number): string[] {
  const order = [...right]
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1))
    const [a, b] = [order[i], order[j]]
    if (a !== undefined && b !== undefined) [order[i], order[j]] = [b, a]
  }
  // Chance may put them right, which would leave nothing to do.
  return firstWrong(order, right) === undefined ? [...order.slice(1), ...order.slice(0, 1)] : order
}

/** Move a step to a place, counted from 0; beyond the ends it stays at the end. The others close up. */
export function moved(order: Order, id: string, to: number): Order {
  const from = order.indexOf(id)
  const place = Math.min(Math.max(to, 0), order.length - 1)
  if (from < 0 || from === place) return order
  return order.toSpliced(from, 1).toSpliced(place, 0, id)
}

/** The first place, from 0, where another step should stand, with the step that stands there; undefined where all is right. */
export function firstWrong(order: Order, right: Order): { place: number; id: string } | undefined {
  const place = order.findIndex((id, i) => id !== right[i])
  const id = order[place]
  return id === undefined ? undefined : { place, id }
}

/** Whether an order that was kept still is one of these steps. */
export const isOrderOf = (order: Order, right: Order): boolean =>
  order.length === right.length && right.every((id) => order.includes(id))
