import { describe, expect, it } from 'vitest'
import type { ItemOf } from '@/lib/notebook/items'
import { calibration, distance } from './calibration'

const item = (at: number, said?: number | string, measured?: number | string, unit?: string): ItemOf<'prediction'> => ({
  id: `prediction:e${at}`,
  kind: 'prediction',
  at,
  lesson: 'lesson',
  experiment: `e${at}`,
  ask: 'How many?',
  unit,
  said,
  measured,
})

describe('how far off a prediction is', () => {
  it('is counted in percentage points for a share', () => {
    expect(distance({ unit: '%' }, 50, 25)).toEqual({ kind: 'number', off: 0.25 })
    expect(distance({ unit: '%' }, 1, 2)).toEqual({ kind: 'number', off: 0.01 })
  })
  it('is the same for twice as much and half as much', () => {
    expect(distance({ unit: 'calls' }, 20, 10)).toEqual({ kind: 'number', off: 0.5 })
    expect(distance({ unit: 'calls' }, 10, 20)).toEqual({ kind: 'number', off: 0.5 })
  })
  it('is never more than 1, and 0 where both are 0', () => {
    expect(distance({ unit: 'ms' }, 1000, 0)).toEqual({ kind: 'number', off: 1 })
    expect(distance({ unit: '×' }, -5, 5)).toEqual({ kind: 'number', off: 1 })
    expect(distance({ unit: 'calls' }, 0, 0)).toEqual({ kind: 'number', off: 0 })
  })
  it('is right or wrong for a choice', () => {
    expect(distance({}, 'hit', 'hit')).toEqual({ kind: 'choice', right: true })
    expect(distance({}, 'hit', 'miss')).toEqual({ kind: 'choice', right: false })
  })
  it('is not known where one of the two is missing, or of another kind', () => {
    expect(distance({}, undefined, 4)).toBeUndefined()
    expect(distance({}, 4, undefined)).toBeUndefined()
    expect(distance({}, '4', 4)).toBeUndefined()
  })
})

describe('calibration', () => {
  it('has nothing to say of an empty notebook', () => {
    expect(calibration([])).toEqual({ numbers: { count: 0, medianOff: 0 }, choices: { count: 0, right: 0 } })
  })
  it('leaves out what was skipped or not measured', () => {
    const { numbers, choices } = calibration([item(1, undefined, 7), item(2, 7), item(3, 50, 25, '%')])
    expect(numbers).toEqual({ count: 1, medianOff: 0.25 })
    expect(choices).toEqual({ count: 0, right: 0 })
  })
  it('takes the median, between the two in the middle', () => {
    expect(calibration([item(1, 90, 0, '%'), item(2, 10, 0, '%'), item(3, 20, 0, '%')]).numbers.medianOff).toBe(0.2)
    expect(calibration([item(1, 10, 0, '%'), item(2, 20, 0, '%')]).numbers.medianOff).toBeCloseTo(0.15)
  })
  it('sets the first half against the second, by when they were written', () => {
    const shuffled = [item(3, 10, 0, '%'), item(1, 60, 0, '%'), item(4, 20, 0, '%'), item(2, 40, 0, '%')]
    const { early, late } = calibration(shuffled).numbers
    expect(early).toBeCloseTo(0.5)
    expect(late).toBeCloseTo(0.15)
  })
  it('counts choices apart from numbers', () => {
    expect(calibration([item(1, 'a', 'a'), item(2, 'a', 'b'), item(3, 5, 5)])).toEqual({
      numbers: { count: 1, medianOff: 0 },
      choices: { count: 2, right: 1 },
    })
  })
})
