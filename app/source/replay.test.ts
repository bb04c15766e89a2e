import { describe, expect, it } from 'vitest'
import { replayMs, shownAt } from './replay'

const steps = [
  { command: 'curl one', durationMs: 300 },
  { command: 'x'.repeat(500), durationMs: 60_000 },
]

describe('a replay', () => {
  it('types a command, waits as long as the answer took, then goes on', () => {
    expect(shownAt(steps, 0)).toEqual([
      { begun: true, typed: 0, answered: false },
      { begun: false, typed: 0, answered: false },
    ])
    expect(shownAt(steps, 128)[0]).toEqual({ begun: true, typed: 4, answered: false })
    expect(shownAt(steps, 8 * 32 + 299)[0]).toEqual({ begun: true, typed: 8, answered: false })
    expect(shownAt(steps, 8 * 32 + 300)[0]).toEqual({ begun: true, typed: 8, answered: true })
    expect(shownAt(steps, 8 * 32 + 300 + 1_200 + 1_100)[1]).toEqual({ begun: true, typed: 250, answered: false })
  })
  it('lets nobody wait a minute for what took one', () => {
    expect(replayMs(steps)).toBe(8 * 32 + 300 + 1_200 + 2_200 + 1_500 + 1_200)
    expect(shownAt(steps, replayMs(steps))).toEqual([
      { begun: true, typed: 8, answered: true },
      { begun: true, typed: 500, answered: true },
    ])
  })
})
