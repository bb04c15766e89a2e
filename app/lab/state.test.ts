import { describe, expect, it } from 'vitest'
import type { Attempt } from '@/lib/checks/attempt'
import type { LabCounters, LabEvent } from '@/lib/lab/events'
import type { RunState } from '@/lib/runs/report'
import { initialLab, receive, type StreamMessage } from './state'

const counters = { requests: 1 } as LabCounters
const hello = (epoch: string, ...attempts: Attempt[]): StreamMessage => ({
  event: 'hello',
  data: { lab: 'a', epoch, worker: '1', counters, attempts },
})
const attempt = (exercise: string, startedAt = 1): Attempt => ({
  exercise,
  startedAt,
  verdict: { status: 'open', goals: [] },
})
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
  it('knows the exercises that it works on: those told at first, and each change', () => {
    const begun = receive(initialLab, hello('x', attempt('one'), attempt('two')))
    const changed = [
      { event: 'attempt', data: { exercise: 'one', attempt: attempt('one', 2) } },
      { event: 'attempt', data: { exercise: 'two' } },
    ] satisfies StreamMessage[]
    expect(changed.reduce(receive, begun).attempts).toEqual({ one: attempt('one', 2) })
    expect(receive(begun, hello('y')).attempts).toEqual({})
  })
})
