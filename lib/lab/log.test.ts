import { describe, expect, it } from 'vitest'
import type { LabEvent } from './events'
import { openLog } from './log'

const row = (key: string): Omit<LabEvent, 'seq'> => ({
  at: 0,
  kind: 'hit',
  resource: 'slow-value',
  key,
  strategy: 'memory',
  request: 1,
  worker: '1',
})
const filled = (rows: number, capacity: number) => {
  const log = openLog(capacity)
  for (let i = 1; i <= rows; i += 1) log.append(row(String(i)))
  return log
}

describe('a log', () => {
  it('gives the rows after a place, oldest first', () => {
    const { rows, omitted, last } = filled(5, 10).since(2, 100)
    expect(rows.map(({ seq, key }) => [seq, key])).toEqual([
      [3, '3'],
      [4, '4'],
      [5, '5'],
    ])
    expect({ omitted, last }).toEqual({ omitted: 0, last: 5 })
  })

  it('counts what has fallen out of the ring as omitted', () => {
    const { rows, omitted } = filled(25, 10).since(3, 100)
    expect(rows.map(({ key }) => key)).toEqual(['16', '17', '18', '19', '20', '21', '22', '23', '24', '25'])
    expect(omitted).toBe(12)
  })

  it('gives the newest rows of a batch that is too long', () => {
    const { rows, omitted } = filled(8, 10).since(0, 3)
    expect(rows.map(({ seq }) => seq)).toEqual([6, 7, 8])
    expect(omitted).toBe(5)
  })

  it('has nothing for those who are up to date', () => {
    expect(filled(3, 10).since(3, 100)).toEqual({ rows: [], omitted: 0, last: 3 })
  })
})
