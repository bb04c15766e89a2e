import { describe, expect, it } from 'vitest'
import type { Clock } from '../reading'
import type { RedisClient } from '../redis/client'
import { newTally } from '../runs/tally'
import type { Lab } from './lab'
import { IDLE_MS, LABS, openLabs } from './labs'

/** How long labs live. Nothing here reads or stores. */

const noRedis: RedisClient = {
  run: () => Promise.reject(new Error('there is none')),
  ping: async () => false,
  close: async () => {},
}

function open() {
  let now = Date.UTC(2026, 0, 1)
  let steady = 0
  const clock: Clock = { now: () => now, elapsed: () => steady, steady: () => steady }
  const dropped: string[] = []
  const queued = new Set<string>()
  const labs = openLabs({
    clock,
    redis: noRedis,
    resources: [],
    exercises: [],
    worker: '1',
    note: () => {},
    queued: (id) => (queued.has(id) ? 1 : 0),
    dropped: (id) => dropped.push(id),
  })
  return {
    labs,
    dropped,
    queued,
    setTimeOfDay: (ms: number) => {
      now += ms
    },
    pass: (ms: number) => {
      now += ms
      steady += ms
    },
  }
}

describe('a lab', () => {
  it('is dropped after an hour without use, and not before', () => {
    const { labs, dropped, pass } = open()
    const lab = labs.get('a')
    pass(IDLE_MS - 1)
    labs.sweep()
    expect(labs.get('a')).toBe(lab)
    pass(IDLE_MS)
    labs.sweep()
    expect(dropped).toEqual(['a'])
    expect(labs.get('a')).not.toBe(lab)
  })

  it('stays where the time of day jumps, as on a laptop that wakes up', () => {
    const { labs, dropped, setTimeOfDay } = open()
    const lab = labs.get('a')
    for (const jump of [10 * IDLE_MS, -20 * IDLE_MS]) {
      setTimeOfDay(jump)
      labs.sweep()
      expect(labs.get('a')).toBe(lab)
    }
    expect(dropped).toEqual([])
  })

  const uses: [string, (lab: Lab, queued: Set<string>) => () => void][] = [
    ['a stream is open', (lab) => lab.join(() => {})],
    [
      'a run is running',
      (lab) => {
        lab.tallies.set('run', newTally())
        return () => lab.tallies.delete('run')
      },
    ],
    [
      'a run is queued',
      (lab, queued) => {
        queued.add(lab.id)
        return () => queued.delete(lab.id)
      },
    ],
  ]
  it.each(uses)('is not idle while %s', (_, use) => {
    const { labs, dropped, queued, pass } = open()
    const end = use(labs.get('a'), queued)
    pass(2 * IDLE_MS)
    labs.sweep()
    expect(dropped).toEqual([])
    end()
    labs.sweep()
    expect(dropped).toEqual(['a'])
  })
})

describe('of all labs', () => {
  it('200 are held: the one idle for longest makes room', () => {
    const { labs, dropped } = open()
    for (let n = 0; n < LABS; n += 1) labs.get(`lab-${n}`)
    labs.get('lab-0')
    expect(dropped).toEqual([])
    labs.get('one-more')
    labs.get('two-more')
    expect(dropped).toEqual(['lab-1', 'lab-2'])
  })

  it('one in use makes room for none that is idle, and only where all are in use', () => {
    const { labs, dropped } = open()
    labs.get('lab-0').join(() => {})
    for (let n = 1; n < LABS; n += 1) labs.get(`lab-${n}`)
    labs.get('one-more')
    expect(dropped).toEqual(['lab-1'])
    for (let n = 2; n < LABS; n += 1) labs.get(`lab-${n}`).join(() => {})
    labs.get('one-more').join(() => {})
    labs.get('two-more')
    expect(dropped).toEqual(['lab-1', 'lab-0'])
  })
})
