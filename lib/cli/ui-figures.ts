/** What a page's probe has seen, as the figures of the bench. Times are in milliseconds. */

/** What Chromium's trace calls a task of a thread. */
const TASK = 'ThreadControllerImpl::RunTask'

/** What a page did over a stretch of time, as its probe saw it. */
export interface Probed {
  durationMs: number
  /** How long each task over 50 ms took the main thread. */
  longTasks: readonly number[]
  /** How much of a core each task of the main thread had, however long it waited for one. */
  taskCpu: readonly number[]
  /** From each animation frame to the next. */
  frameGaps: readonly number[]
  /** From the stamp of each pointer or keyboard event to its handler. */
  eventDelays: readonly number[]
  /** How often the line of the first chart was drawn anew. */
  draws: number
}

export interface PageFigures {
  longTasks: number
  longestTask: number
  /** What the busiest task took of a core: above this a long task has waited for one. */
  busiestTask: number
  /** Share of a core that the main thread had, from 0 to 1. */
  busy: number
  frameGapP99: number
  frameGapMax: number
  /** Animation frames per second. */
  frames: number
  eventDelayP50: number
  eventDelayP95: number
  /** Drawings of the chart per second. */
  draws: number
}

/** The smallest of the values that `share` of them (from 0 to 1) do not exceed; NaN where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN
}

export function pageFigures({ durationMs, longTasks, taskCpu, frameGaps, eventDelays, draws }: Probed): PageFigures {
  const seconds = durationMs / 1000
  return {
    longTasks: longTasks.length,
    longestTask: Math.max(0, ...longTasks),
    busiestTask: taskCpu.reduce((most, each) => Math.max(most, each), 0),
    busy: taskCpu.reduce((sum, each) => sum + each, 0) / durationMs,
    frameGapP99: percentile(frameGaps, 0.99),
    frameGapMax: percentile(frameGaps, 1),
    frames: frameGaps.length / seconds,
    eventDelayP50: percentile(eventDelays, 0.5),
    eventDelayP95: percentile(eventDelays, 0.95),
    draws: draws / seconds,
  }
}

/** An event of Chromium's trace, as far as it is read here. `tdur` is in microseconds of a core. */
interface TraceEvent {
  name: string
  pid: number
  tid: number
  ph: string
  tdur?: number
  args?: { name?: string }
}

/** What each task on the main thread of the page took of a core, in milliseconds, by a trace of category toplevel. */
export function taskCpuOf(events: readonly TraceEvent[]): number[] {
  const mains = events
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) =>
      events
        .filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && event.name === TASK)
        .map(({ tdur = 0 }) => tdur / 1000),
    )
  // A browser keeps another renderer in reserve, which does next to nothing.
  return mains.reduce((most, tasks) => (tasks.length > most.length ? tasks : most), [])
}

/**
 * How many times the first what was read last: the median of the last third of the readings by that of the first third,
 * so that one garbage collection more or less does not count. NaN below two readings.
 */
export function growth(readings: readonly number[]): number {
  if (readings.length < 2) return Number.NaN
  const third = Math.ceil(readings.length / 3)
  return percentile(readings.slice(-third), 0.5) / percentile(readings.slice(0, third), 0.5)
}
