import { describe, expect, it } from 'vitest'
import { BOUNDS } from '@/lib/runs/bounds'
import { stagePresets, totalSeconds } from './stages'

describe('the time of stages', () => {
  it('is their sum, and not known where one has none', () => {
    expect(
      totalSeconds([
        { rate: '1', seconds: '2.5' },
        { rate: '1', seconds: '0' },
      ]),
    ).toBe(2.5)
    expect(totalSeconds([{ rate: '1', seconds: '' }])).toBeUndefined()
  })
})

describe.each(stagePresets)('$name', ({ stages }) => {
  it('is made for the rate, within what a run may ask for', () => {
    const peak = (rate: string) => Math.max(...stages(rate).map((stage) => Number(stage.rate)))
    expect(peak('200')).toBe(10 * peak('20'))
    for (const rate of ['', '1', '5000']) {
      for (const stage of stages(rate)) {
        expect(Number(stage.rate)).toBeGreaterThanOrEqual(BOUNDS.rate.min)
        expect(Number(stage.rate)).toBeLessThanOrEqual(BOUNDS.rate.max)
      }
      expect((totalSeconds(stages(rate)) ?? Infinity) * 1000).toBeLessThanOrEqual(BOUNDS.durationMs.max)
    }
  })
})
