import type { RunRequest } from '@/lib/runs/config'
import type { Report } from '@/lib/runs/report'

export type Side = 'A' | 'B'

/** Pairs that may be asked for: below the first there is nothing to repeat, and above the last one waits too long. */
export const PAIRS = { min: 2, max: 10, default: 4 } as const

/** The part of a run's report that an A/B keeps. */
export interface AbFigures {
  p50: number
  p99: number
  /** Requests per second. */
  throughput: number
  /** 0 to 1. */
  hitRate: number
  originCalls: number
  errors: number
  /** Whether the metrics may be used: `usable.ok` of the report. */
  usable: boolean
}

/** What became of one run: its figures, or why there are none. */
export interface Ended {
  run: string
  figures?: AbFigures
  failed?: string
}

/**
 * Two set-ups measured in turns, A B A B, one run after another under the same conditions. A change makes a new one, so
 * that it can be kept as it is and taken up again after a reload.
 */
export interface Ab {
  status: 'none' | 'running' | 'over' | 'stopped'
  pairs: number
  /** What is posted for each side. */
  configs?: Readonly<Record<Side, RunRequest>>
  /** Runs that have ended, in the order of their turns. */
  ended: readonly Ended[]
  /** The run under way. */
  run?: string
  /** Why it was stopped. */
  why?: string
}

export const noAb: Ab = { status: 'none', pairs: PAIRS.default, ended: [] }

export type AbAction =
  | { kind: 'begin'; pairs: number; configs: Readonly<Record<Side, RunRequest>> }
  /** The run of the turn was queued. */
  | { kind: 'started'; run: string }
  | {
      kind: 'done'
      report: Pick<Report, 'run' | 'latencyMs' | keyof Pick<AbFigures, Told>> & Pick<Report, 'usable'>
    }
  /** A run came to nothing. The others go on: its pair is left out. */
  | { kind: 'failed'; run: string; why: string }
  /** Stop here. What was measured stays, and the turn can be taken again. */
  | { kind: 'stop'; why: string }
  | { kind: 'resume' }
type Told = 'throughput' | 'hitRate' | 'originCalls' | 'errors'

/** Whose turn it is: the side, and the pair from 1. Undefined where all turns were taken. */
export function turnOf({ pairs, ended }: Pick<Ab, 'pairs' | 'ended'>): { side: Side; pair: number } | undefined {
  return ended.length < pairs * 2 ? turnAt(ended.length) : undefined
}

/** The n-th turn, from 0. */
export const turnAt = (n: number): { side: Side; pair: number } => ({
  side: n % 2 === 0 ? 'A' : 'B',
  pair: Math.floor(n / 2) + 1,
})

/** What an A/B is after something happened. What is about no run of this A/B changes nothing. */
export function reduceAb(ab: Ab, action: AbAction): Ab {
  switch (action.kind) {
    case 'begin': {
      const pairs = Math.min(Math.max(Math.round(action.pairs) || PAIRS.default, PAIRS.min), PAIRS.max)
      return { status: 'running', pairs, configs: action.configs, ended: [] }
    }
    case 'started':
      return ab.status === 'running' && ab.run === undefined ? { ...ab, run: action.run } : ab
    case 'done': {
      const { run, latencyMs, throughput, hitRate, originCalls, errors, usable } = action.report
      const { p50, p99 } = latencyMs
      return after(ab, {
        run,
        figures: { p50, p99, throughput, hitRate, originCalls, errors, usable: usable.ok },
      })
    }
    case 'failed':
      return after(ab, { run: action.run, failed: action.why })
    case 'stop':
      return ab.status === 'running' ? { ...ab, status: 'stopped', run: undefined, why: action.why } : ab
    case 'resume':
      return ab.status === 'stopped' ? { ...ab, status: 'running', why: undefined } : ab
  }
}

function after(ab: Ab, end: Ended): Ab {
  if (ab.run !== end.run) return ab
  const ended = [...ab.ended, end]
  return { ...ab, ended, run: undefined, status: turnOf({ ...ab, ended }) ? ab.status : 'over' }
}

/** A pair of which both runs came to figures. */
export interface Pair {
  /** From 1. */
  pair: number
  A: AbFigures
  B: AbFigures
}

/** The pairs that can be compared. */
export const pairsOf = ({ ended }: Pick<Ab, 'ended'>): Pair[] =>
  ended.flatMap((_, i) => {
    const [A, B] = [ended[i]?.figures, ended[i + 1]?.figures]
    return i % 2 === 0 && A && B ? [{ pair: i / 2 + 1, A, B }] : []
  })
