import { describe, expect, it } from 'vitest'
import type { LabCounters, LabEvent } from '@/lib/lab/events'
import type { RunState } from '@/lib/runs/report'
import { initialLab, receive } from './state'

const counters = { requests: 1 } as LabCounters
const hello = (epoch: string) => ({ event: 'hello', data: { lab: 'a', epoch, worker: '1', counters } }) as const
const events = (...seqs: number[]) =>
  ({ event: 'events', data: { rows: seqs.map((seq) => ({ seq }) as LabEvent), omitted: 0, counters } }) as const

describe('what a page knows of its lab', () => {
  it('goes on where it was after a break, and starts anew with another server', () => {
    const before = [hello('x'), events(1, 2)].reduce(receive, initialLab)
    expect(receive(before, hello('x')).log.rows).toHaveLength(2)
    expect(receive(before, hello('y')).log.rows).toHaveLength(0)
  })
  it('keeps only the last runs', () => {
    const state = Array.from({ length: 20 }, (_, i) => ({ id: `r${i}` }) as RunState).reduce(
      (known, data) => receive(known, { event: 'run', data }),
      initialLab,
    )
    expect(Object.keys(state.runs)).toEqual(['r12', 'r13', 'r14', 'r15', 'r16', 'r17', 'r18', 'r19'])
  })
})
