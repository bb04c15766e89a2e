import type { ItemOf } from '@/lib/notebook/items'

/** How far a prediction was from what was measured. */
export type Distance = { kind: 'number'; off: number } | { kind: 'choice'; right: boolean }

/** How well a reader's predictions come true, over all that were measured. */
export interface Calibration {
  numbers: {
    count: number
    /** The median of how far they are off, as a share: 0.11 is 11 %. 0 where there are none. */
    medianOff: number
    /** The same of the first half and of the second, where there are enough to halve. */
    early?: number
    late?: number
  }
  choices: { count: number; right: number }
}

/** Numbers below which a first and a second half say nothing. */
const ENOUGH_TO_HALVE = 4

/**
 * How far off a prediction is. A share in `%` is off by its percentage points: 50 % said and 25 % measured is 0.25.
 * Any other number is off by the difference as a share of the larger of the two, so that twice as much and half as
 * much are equally far off, and nothing is further off than 1. A choice is right or wrong. Undefined where the two are
 * not of a kind.
 */
export function distance(
  prediction: { unit?: string },
  said: number | string | undefined,
  measured: number | string | undefined,
): Distance | undefined {
  if (typeof said === 'string' && typeof measured === 'string') return { kind: 'choice', right: said === measured }
  if (typeof said !== 'number' || typeof measured !== 'number') return undefined
  const between = Math.abs(said - measured)
  const whole = prediction.unit === '%' ? 100 : Math.max(Math.abs(said), Math.abs(measured))
  return { kind: 'number', off: whole === 0 ? 0 : Math.min(between / whole, 1) }
}

/** The calibration that a notebook's predictions show. Those that were skipped or not yet measured do not count. */
export function calibration(items: readonly ItemOf<'prediction'>[]): Calibration {
  const distances = items
    .toSorted((a, b) => a.at - b.at)
    .flatMap((item) => distance(item, item.said, item.measured) ?? [])
  const offs = distances.flatMap((each) => (each.kind === 'number' ? [each.off] : []))
  const choices = distances.flatMap((each) => (each.kind === 'choice' ? [each.right] : []))
  const half = Math.floor(offs.length / 2)
  return {
    numbers: {
      count: offs.length,
      medianOff: median(offs),
      ...(offs.length < ENOUGH_TO_HALVE ? {} : { early: median(offs.slice(0, half)), late: median(offs.slice(half)) }),
    },
    choices: { count: choices.length, right: choices.filter(Boolean).length },
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const above = Math.floor(sorted.length / 2)
  const below = Math.floor((sorted.length - 1) / 2)
  return ((sorted[below] ?? 0) + (sorted[above] ?? 0)) / 2
}
