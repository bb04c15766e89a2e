import { describe, expect, it } from 'vitest'
import { noCounts } from '../lab/counters'
import { openGatherer, readUnsent, type ToldRow, type Unsent, unsentLine } from './told'

const row: ToldRow = { at: 0, kind: 'hit', resource: 'r', key: 'k', strategy: 's', request: 1, worker: 'w' }

/** A gatherer, and what it announced. */
function open() {
  const announced: Unsent[] = []
  const gatherer = openGatherer('p', noCounts, (unsent) => announced.push(unsent))
  return { gatherer, announced }
}

describe('what a process has to tell', () => {
  it('is sent again as long as its batch has not arrived', () => {
    const { gatherer } = open()
    gatherer.record('a', [row])
    const first = gatherer.take(0)
    gatherer.record('a', [row, row])
    expect(gatherer.take(0)).toEqual(first)
    const second = gatherer.take(first.number)
    expect([second.number, second.labs[0]?.rows.length]).toEqual([2, 2])
  })

  it('does not wait while a batch is to be sent again', async () => {
    const { gatherer } = open()
    gatherer.record('a', [row])
    gatherer.take(0)
    await gatherer.something(3_600_000, 0)
  })

  it('is announced once for each lab and batch, with the number of the batch', () => {
    const { gatherer, announced } = open()
    gatherer.record('a', [row])
    gatherer.record('a', [row])
    gatherer.record('b', [row])
    gatherer.take(0)
    gatherer.run('a', 'run')
    expect(announced.map(({ lab, number }) => [lab, number])).toEqual([
      ['a', 1],
      ['b', 1],
      ['a', 2],
    ])
    expect(announced.map((each) => readUnsent(unsentLine(each)))).toEqual(announced)
    expect(readUnsent('ready {}')).toBeUndefined()
  })

  it('is all sent with the batch that a flush names, which it does not wait for', async () => {
    const { gatherer } = open()
    const waited = gatherer.something(3_600_000, 0)
    expect(gatherer.flush()).toEqual({ process: 'p', number: 0 })
    await waited
    gatherer.record('a', [row])
    expect(gatherer.flush().number).toBe(1)
    expect(gatherer.take(0).number).toBe(1)
  })
})
