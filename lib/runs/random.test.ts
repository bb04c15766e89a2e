import { describe, expect, it } from 'vitest'
import { type Stream, seeded } from './random'

const N = 50_000
const numbers = (seed: number, stream: Stream, n = N) => Array.from({ length: n }, seeded(seed, stream))

/** Pearson's correlation. Of numbers that have nothing to do with each other it is within 4 / √n, nearly always. */
function correlation(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((x, y) => x + y) / values.length
  const [ma, mb] = [mean(a), mean(b)]
  const sum = (f: (x: number, y: number) => number) => a.reduce((total, x, i) => total + f(x - ma, (b[i] ?? 0) - mb), 0)
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y))
}

describe('seeded', () => {
  it('draws the same again for the same seed and stream', () => {
    expect(numbers(7, 'keys', 50)).toEqual(numbers(7, 'keys', 50))
  })

  it('draws what it has always drawn', () => {
    const streams = ['keys', 'arrivals', 'warm-up keys', 'writes', 'hosts', 'warm-up hosts', 'turns'] as const
    expect(streams.map((stream) => numbers(1, stream, 1)[0])).toMatchInlineSnapshot(`
      [
        0.4684900725260377,
        0.08111680089496076,
        0.9130395059473813,
        0.48638004320673645,
        0.04818153637461364,
        0.024387496756389737,
        0.8447315560188144,
      ]
    `)
  })

  it('spreads evenly from 0 up to 1', () => {
    const counts = new Array<number>(100).fill(0)
    for (const each of numbers(1, 'keys')) {
      expect(each >= 0 && each < 1).toBe(true)
      counts[Math.floor(each * 100)] = (counts[Math.floor(each * 100)] ?? 0) + 1
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - N / 100) ** 2 / (N / 100), 0)
    // 99 degrees of freedom: 160 is passed once in ten thousand times.
    expect(chiSquare).toBeLessThan(160)
  })

  it.each([
    ['keys and arrivals of one seed', numbers(7, 'keys'), numbers(7, 'arrivals')],
    ['a warm-up and what follows it', numbers(7, 'keys'), numbers(7, 'warm-up keys')],
    ['seeds that are close', numbers(7, 'keys'), numbers(8, 'keys')],
    ['a number and the next', numbers(7, 'keys'), numbers(7, 'keys', N + 1).slice(1)],
  ])('has nothing in common between %s', (_what, a, b) => {
    expect(Math.abs(correlation(a, b))).toBeLessThan(4 / Math.sqrt(N))
  })

  it('begins differently for each seed', () => {
    const first = Array.from({ length: 1_000 }, (_, seed) => numbers(seed, 'keys', 1)[0] ?? 0)
    expect(new Set(first).size).toBe(1_000)
    expect(
      Math.abs(
        correlation(
          first,
          first.map((_, seed) => seed),
        ),
      ),
    ).toBeLessThan(4 / Math.sqrt(1_000))
  })
})
