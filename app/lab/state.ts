import type { Attempt } from '@/lib/checks/attempt'
import type { LabCounters, LabStreamEvents } from '@/lib/lab/events'
import type { RunState, Snapshot } from '@/lib/runs/report'
import { appendRows, type ClientLog, emptyLog } from './log'
import { gatherOutside, nothingOutside, type Outside } from './outside'
import { addPoint, noPoints, type Points } from './points'
import type { Fault } from './problem'

/** Runs whose points and state a page keeps. */
const RUNS = 8

/** How the stream is: `opening` before the first byte, `reconnecting` after a break, `offline` when that takes long. */
export type Connection = 'opening' | 'live' | 'reconnecting' | 'offline'

/** A run as the stream tells of it. */
export interface LiveRun {
  state?: RunState
  latest?: Snapshot
  points: Points
}

/** What a page knows of its lab. Immutable: every message makes a new one. */
export interface LabState {
  /** The lab's name; undefined until the server has told it. */
  lab?: string
  /** Why the name could not be asked. */
  fault?: Fault
  connection: Connection
  epoch?: string
  worker?: string
  counters?: LabCounters
  log: ClientLog
  /** Requests that came from outside, such as by `hey`. */
  outside: Outside
  /** By run id, the oldest first. */
  runs: Readonly<Record<string, LiveRun>>
  /** Exercises that the lab works on, by id. */
  attempts: Readonly<Record<string, Attempt>>
}

export const initialLab: LabState = {
  connection: 'opening',
  log: emptyLog,
  outside: nothingOutside,
  runs: {},
  attempts: {},
}

/** One event of the lab's stream, with its name. */
export type StreamMessage = {
  [E in keyof LabStreamEvents]: { event: E; data: LabStreamEvents[E] }
}[keyof LabStreamEvents]

/** What the page knows after a message. */
export function receive(state: LabState, message: StreamMessage): LabState {
  switch (message.event) {
    case 'hello': {
      const { epoch, worker, counters } = message.data
      // Another epoch: the server began anew, and so do its rows' numbers.
      const { log, outside } = epoch === state.epoch ? state : { log: emptyLog, outside: nothingOutside }
      const attempts = byExercise(message.data.attempts)
      return { ...state, connection: 'live', epoch, worker, counters, log, outside, attempts }
    }
    case 'events': {
      const { counters, rows } = message.data
      const log = appendRows(state.log, rows)
      // Rows that are here already came once more after a break.
      const fresh = rows.filter(({ seq }) => seq > state.log.last)
      const outside = gatherOutside(state.outside, fresh, log.omitted - state.log.omitted)
      return { ...state, counters, log, outside }
    }
    case 'run':
      return withRun(state, message.data.id, (run) => ({ ...run, state: message.data }))
    case 'snapshot':
      return withRun(state, message.data.run, (run) => ({
        ...run,
        latest: message.data,
        points: addPoint(run.points, message.data),
      }))
    case 'report':
      return withRun(state, message.data.run, (run) => ({
        ...run,
        state: run.state && { ...run.state, report: message.data },
      }))
    case 'attempt': {
      const { exercise, attempt } = message.data
      const others = Object.entries(state.attempts).filter(([id]) => id !== exercise)
      return { ...state, attempts: Object.fromEntries(attempt ? [...others, [exercise, attempt]] : others) }
    }
  }
}

export const byExercise = (attempts: readonly Attempt[]): LabState['attempts'] =>
  Object.fromEntries(attempts.map((attempt) => [attempt.exercise, attempt]))

function withRun(state: LabState, id: string, change: (run: LiveRun) => LiveRun): LabState {
  const { [id]: known = { points: noPoints }, ...others } = state.runs
  const kept = Object.entries(others).slice(-(RUNS - 1))
  return { ...state, runs: { ...Object.fromEntries(kept), [id]: change(known) } }
}
