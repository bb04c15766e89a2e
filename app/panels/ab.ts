import { BOUNDS } from '@/lib/runs/bounds'
import type { RunRequest } from '@/lib/runs/config'
import { seeded } from '@/lib/runs/random'
import type { Report } from '@/lib/runs/report'

export type Side = 'A' | 'B'

/** Pairs that an A/B may have. One pair repeats nothing, and more than ten take too long to wait for. */
export const PAIRS = { min: 2, max: 10, default: 4 } as const

/** The metrics that an A/B keeps of a run. */
export interface AbFigures {
  /** Requests that the latency is of; unknown in an A/B that an older page kept. */
  count?: number
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

/** One run of an A/B: its pair, from 1, and its side. */
export interface Turn {
  pair: number
  side: Side
}

/** How a turn ended: with metrics, or with the reason why there are none. */
export interface Ended {
  run: string
  figures?: AbFigures
  failed?: string
}

/**
 * Two set-ups measured in turns, one run after another under the same conditions. A change makes a new object, so that a
 * reload finds it and continues.
 */
export interface Ab {
  status: 'none' | 'running' | 'over' | 'stopped'
  pairs: number
  /** Draws which side of each pair runs first, and gives each pair its own keys. */
  seed: number
  /** What each side posts. */
  configs?: Readonly<Record<Side, RunRequest>>
  turns: readonly Turn[]
  /** How the first turns ended, in their order. */
  ended: readonly Ended[]
  /** The run of the present turn. */
  run?: string
  /** Why it was stopped. */
  why?: string
}

export const noAb: Ab = { status: 'none', pairs: PAIRS.default, seed: BOUNDS.seed.default, turns: [], ended: [] }

export type AbAction =
  | { kind: 'begin'; pairs: number; seed: number; configs: Readonly<Record<Side, RunRequest>> }
  /** The run of the turn was queued. */
  | { kind: 'started'; run: string }
  | {
      kind: 'done'
      report: Pick<Report, 'run' | 'latencyMs' | 'throughput' | 'hitRate' | 'originCalls' | 'errors' | 'usable'>
    }
  /** A run failed. The others continue, and its pair is left out. */
  | { kind: 'failed'; run: string; why: string }
  /** Stops, keeps what was measured, and leaves the turn to be taken again. */
  | { kind: 'stop'; why: string }
  | { kind: 'resume' }
  /** Runs the pairs again that were left out. */
  | { kind: 'again' }

/**
 * Draws the turns of an A/B: which side of each pair runs first. Half of the pairs start with A and half with B, because
 * whatever favors the first or the second run of a pair then favors both sides alike; chance orders them, so that
 * nothing else keeps their rhythm.
 * @param pairs a whole number from 1.
 */
export function drawTurns(pairs: number, seed: number): Turn[] {
  const random = seeded(seed, 'turns')
  const odd: Side = random() < 0.5 ? 'A' : 'B'
  const first = Array.from(
    { length: pairs },
    (_, i): Side => (i === pairs - 1 && pairs % 2 === 1 ? odd : i % 2 ? 'B' : 'A'),
  )
  // Fisher and Yates: each order is as likely as any other.
  for (let i = pairs - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1))
    ;[first[i], first[j]] = [first[j] ?? 'A', first[i] ?? 'A']
  }
  return first.flatMap((side, i): Turn[] => [
    { pair: i + 1, side },
    { pair: i + 1, side: side === 'A' ? 'B' : 'A' },
  ])
}

/** Returns whose turn it is; undefined after the last. */
export const turnOf = ({ turns, ended }: Pick<Ab, 'turns' | 'ended'>): Turn | undefined => turns[ended.length]

/** Returns the seed of a pair: both of its runs share it, and the next pair has the next seed. */
export const seedOf = ({ seed }: Pick<Ab, 'seed'>, pair: number): number => (seed + pair - 1) % (BOUNDS.seed.max + 1)

/** Returns what the present turn posts: its side's config with the seed of its pair. */
export function requestOf(ab: Ab): RunRequest | undefined {
  const turn = turnOf(ab)
  const config = turn && ab.configs?.[turn.side]
  return config && { ...config, keys: { kind: 'one', ...config.keys, seed: seedOf(ab, turn.pair) } }
}

/** Returns what an A/B is after something happened. An event of a run that isn't its own changes nothing. */
export function reduceAb(ab: Ab, action: AbAction): Ab {
  switch (action.kind) {
    case 'begin': {
      const { seed, configs } = action
      const pairs = Math.min(Math.max(Math.round(action.pairs) || PAIRS.default, PAIRS.min), PAIRS.max)
      return { status: 'running', pairs, seed, configs, turns: drawTurns(pairs, seed), ended: [] }
    }
    case 'started':
      return ab.status === 'running' && ab.run === undefined ? { ...ab, run: action.run } : ab
    case 'done': {
      const { run, latencyMs, throughput, hitRate, originCalls, errors, usable } = action.report
      const { count, p50, p99 } = latencyMs
      return after(ab, {
        run,
        figures: { count, p50, p99, throughput, hitRate, originCalls, errors, usable: usable.ok },
      })
    }
    case 'failed':
      return after(ab, { run: action.run, failed: action.why })
    case 'stop':
      return ab.status === 'running' ? { ...ab, status: 'stopped', run: undefined, why: action.why } : ab
    case 'resume':
      return ab.status === 'stopped' ? { ...ab, status: 'running', why: undefined } : ab
    case 'again': {
      const missing = new Set(leftOut(ab))
      if (ab.status !== 'over' || missing.size === 0) return ab
      const stays = ({ pair }: Turn) => !missing.has(pair)
      return {
        ...ab,
        status: 'running',
        turns: [...ab.turns.filter(stays), ...ab.turns.filter((turn) => !stays(turn))],
        ended: ab.ended.filter((_, i) => stays(ab.turns[i] ?? { pair: 0, side: 'A' })),
      }
    }
  }
}

function after(ab: Ab, end: Ended): Ab {
  if (ab.run !== end.run) return ab
  const ended = [...ab.ended, end]
  return { ...ab, ended, run: undefined, status: turnOf({ ...ab, ended }) ? ab.status : 'over' }
}

/** A pair whose runs both have usable metrics. */
export interface Pair {
  /** From 1. */
  pair: number
  /** Which side ran first. */
  first: Side
  A: AbFigures
  B: AbFigures
}

/** Returns the pairs that can be compared, in their order: both runs ended, and both may be used. */
export function pairsOf(ab: Pick<Ab, 'turns' | 'ended'>): Pair[] {
  const ended = endedTurns(ab)
  return [...new Set(ab.turns.map(({ pair }) => pair))]
    .sort((one, two) => one - two)
    .flatMap((pair) => {
      const both = ended.filter((each) => each.pair === pair && each.figures?.usable)
      const [A, B] = (['A', 'B'] as const).map((side) => both.find((each) => each.side === side)?.figures)
      const first = ab.turns.find((turn) => turn.pair === pair)?.side ?? 'A'
      return A && B ? [{ pair, first, A, B }] : []
    })
}

/** Returns the turns that have ended, each with how it ended. */
export const endedTurns = ({ turns, ended }: Pick<Ab, 'turns' | 'ended'>): (Ended & Turn)[] =>
  ended.flatMap((each, i) => {
    const turn = turns[i]
    return turn ? [{ ...each, ...turn }] : []
  })

/** Returns the pairs that can't be compared, because a run of theirs failed or has unusable metrics. */
export const leftOut = (ab: Pick<Ab, 'turns' | 'ended'>): number[] => [
  ...new Set(endedTurns(ab).flatMap(({ pair, figures }) => (figures?.usable ? [] : [pair]))),
]
