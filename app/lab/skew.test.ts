import { expect, it } from 'vitest'
import { skewOf } from './skew'

it.each([
  ['the same clock, however slow the answer', 1_050, 1_000, 1_800, 0],
  ['a clock ahead', 61_800, 1_000, 1_800, 60_000],
  ['a clock behind', -59_000, 1_000, 1_800, -60_000],
])('%s', (_what, now, asked, answered, skew) => {
  expect(skewOf(now, asked, answered)).toBe(skew)
})
