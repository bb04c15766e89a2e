import type { Lab } from './lab'

/** The requests that all labs of this process have answered. */
export interface Answered {
  opened(lab: Pick<Lab, 'id' | 'totals'>): void
  /** What a dropped lab has answered still counts. */
  dropped(id: string): void
  /** Returns the requests of all labs but one, since the process started. */
  besides(id: string): number
}

/** Opens a count that starts at 0. */
export function countAnswered(): Answered {
  const labs = new Map<string, Pick<Lab, 'id' | 'totals'>>()
  let gone = 0
  return {
    opened: (lab) => void labs.set(lab.id, lab),
    dropped(id) {
      gone += labs.get(id)?.totals().requests ?? 0
      labs.delete(id)
    },
    besides: (id) => [...labs.values()].reduce((sum, lab) => (lab.id === id ? sum : sum + lab.totals().requests), gone),
  }
}
