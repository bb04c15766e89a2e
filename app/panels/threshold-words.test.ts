import { describe, expect, it } from 'vitest'
import { actualInWords, verdictInWords, wordOf } from './threshold-words'

const of = (...passed: boolean[]) =>
  passed.map((passed) => ({ threshold: 'p95 < 5 ms', actual: 4, passed, judged: true }))
const words = (text: string) => text.replace(/\s/g, ' ')

describe('the verdict on thresholds', () => {
  it.each([
    [of(true), 'The threshold held'],
    [of(false), 'The threshold did not hold'],
    [of(true, false, true), '2 of 3 thresholds held'],
    [of(true, true), 'All 2 thresholds held'],
    [of(false, false), 'None of 2 thresholds held'],
  ])('is in words', (thresholds, said) => {
    expect(words(verdictInWords(thresholds))).toBe(said)
  })
})

it('is not given on unusable metrics', () => {
  const thresholds = of(true, false).map((each) => ({ ...each, passed: false, judged: false }))
  expect(verdictInWords(thresholds)).toBe('Thresholds not judged: the metrics are unusable')
  expect(thresholds.map(wordOf)).toEqual(['not judged', 'not judged'])
  expect(of(true, false).map(wordOf)).toEqual(['held', 'failed'])
})

describe('the figure that a threshold was held against', () => {
  it.each([
    ['p99.9 < 1 s', 24.93, '24.9 ms'],
    ['hitRate > 0.9', 0.974, '97.4 %'],
    ['throughput > 50', 1204, '1,204 /s'],
    ['errors = 0', 12, '12'],
    ['originCalls = 1', null, 'not known'],
  ])('of %s has its unit', (threshold, actual, said) => {
    expect(words(actualInWords({ threshold, actual, passed: false, judged: true }))).toBe(said)
  })
})
