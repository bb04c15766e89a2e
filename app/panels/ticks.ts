/** Powers of ten around all values, at least one decade: the grid of a logarithmic axis. */
export function decades(values: readonly number[]): number[] {
  const positive = values.filter((value) => value > 0)
  if (positive.length === 0) return [1, 10]
  // Rounded, since the logarithm of 0.001 is not quite -3.
  const power = (value: number) => Number(Math.log10(value).toFixed(9))
  const from = Math.floor(power(Math.min(...positive)))
  const to = Math.max(Math.ceil(power(Math.max(...positive))), from + 1)
  return Array.from({ length: to - from + 1 }, (_, i) => Number(`1e${from + i}`))
}

/** At most seven round values from `min` to `max`, evenly apart by 1, 2 or 5 times a power of ten. */
export function steps(min: number, max: number, most = 7): number[] {
  const span = max - min
  if (!(span > 0)) return [min]
  const rough = span / (most - 1)
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((times) => times * magnitude >= rough) ?? 10) * magnitude
  // A little room, since 0.7 / 0.1 is not quite 7.
  const first = Math.ceil(min / step - 1e-9)
  const count = Math.floor(max / step + 1e-9) - first + 1
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)))
}

/** Round values from 0 to the first that is at least `max`: the ticks of an axis with nothing cut off. */
export function upTo(max: number, most = 6): number[] {
  const below = steps(0, max, most)
  const [zero = 0, first] = below
  const last = below.at(-1) ?? zero
  return first === undefined || last >= max ? below : [...below, Number((last + first).toPrecision(6))]
}
