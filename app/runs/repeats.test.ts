import { expect, it } from 'vitest'
import { usableUnless } from '@/lib/runs/usable'
import { comparisonsOf, methodInWords } from './repeats'
import { testRun } from './testing'

type Made = [strategy: 'none' | 'memory', originCalls: number, ok?: boolean]
const comparisonOf = (...made: Made[]) => {
  const reports = made.map(([strategy, originCalls, ok = true], i) =>
    testRun(
      { run: `run-${i}`, originCalls, ...(ok ? {} : { usable: usableUnless('generator-busy') }) },
      { strategy, keys: { kind: 'one', count: 1, s: 1, seed: Math.floor(i / 2) } },
    ),
  )
  const [comparison] = comparisonsOf(reports)
  if (!comparison) throw new Error('there are two groups')
  return comparison
}
const verdictOf = ({ figures }: ReturnType<typeof comparisonOf>, name: string) =>
  figures.find((figure) => figure.name === name)?.comparison

it('compares pair by pair, with another seed in each pair', () => {
  const comparison = comparisonOf(['none', 40], ['memory', 2], ['memory', 3], ['none', 50], ['none', 45], ['memory', 2])
  expect(comparison).toMatchObject({ a: 'A', b: 'B', turns: true, repeats: [3, 3], unusable: 0 })
  expect(verdictOf(comparison, 'Origin calls')?.pairs).toEqual([2 / 40, 3 / 50, 2 / 45])
  expect(verdictOf(comparison, 'p50')?.verdict).toBe('same')
})
it('leaves a run with unusable metrics out, with its partner', () => {
  const comparison = comparisonOf(
    ['none', 40],
    ['memory', 2],
    ['none', 1, false],
    ['memory', 3],
    ['none', 45],
    ['memory', 2],
    ['memory', 2],
    ['none', 41],
  )
  expect(comparison).toMatchObject({ turns: true, repeats: [3, 3], unusable: 1 })
  expect(verdictOf(comparison, 'Origin calls')?.pairs).toEqual([2 / 40, 2 / 45, 2 / 41])
  expect(methodInWords(comparison)).toMatch(/1\srun with unusable metrics is left out, each with its partner\./)
})
it('leaves it out alone if the groups took no turns', () => {
  const comparison = comparisonOf(['none', 40], ['none', 41], ['none', 1, false], ['memory', 2], ['memory', 3])
  expect(comparison).toMatchObject({ turns: false, repeats: [2, 2], unusable: 1 })
  expect(verdictOf(comparison, 'Origin calls')?.verdict).toBe('too-few')
})
it('corrects the verdicts for all metrics that it compares', () => {
  // Alone, these origin calls differ with p = 0.02.
  const comparison = comparisonOf(
    ['none', 100],
    ['memory', 110],
    ['none', 100],
    ['memory', 120],
    ['none', 100],
    ['memory', 106],
    ['none', 100],
    ['memory', 116],
  )
  expect(verdictOf(comparison, 'Origin calls')).toMatchObject({ verdict: 'unclear' })
})
