import { isHitRateKnown } from '../../runs/hit-rate'
import type { Told } from '../../runs/job'
import { ms, percent, perSecond, plural, stretch } from './units'

type Progress = Extract<Told, { kind: 'progress' }>

/** Where a load writes: standard output or error, or what a test has in their place. */
export interface Sink {
  write(text: string): unknown
  isTTY?: boolean
  columns?: number
}

/** Milliseconds of a load between two lines, where lines cannot be written over. */
const EVERY_MS = 1_000
const ERASE_LINE = '\r\u001b[K'
const COLUMNS = 80

/**
 * Show how far a load is: on a terminal one line, written over ten times a second; elsewhere a line a second.
 * `clear` takes the line away.
 */
export function showProgress(out: Sink): { show(told: Progress): void; clear(): void } {
  let next = -Infinity
  return {
    show(told) {
      if (out.isTTY) {
        // A line that wraps could not be written over.
        out.write(ERASE_LINE + progressLine(told).slice(0, (out.columns ?? COLUMNS) - 1))
      } else if (told.atMs >= next) {
        next = told.atMs + EVERY_MS
        out.write(`${progressLine(told)}\n`)
      }
    },
    clear() {
      if (out.isTTY) out.write(ERASE_LINE)
    },
  }
}

/** How far it is, and the figures of the last second. */
function progressLine({ atMs, progress, measured, window }: Progress): string {
  // While warming up there are no figures, only a time.
  if (atMs < 0) return `warming up, ${stretch(Math.ceil(-atMs / 100) * 100)} left`
  const share = percent(progress).padStart(7)
  if (measured.requests === 0) return `${share}  no answer yet`
  const rate = `${perSecond(window.throughput)}, p50 ${ms(window.latencyMs.p50)}, p95 ${ms(window.latencyMs.p95)}`
  const hits = isHitRateKnown(measured) ? `, hit rate ${percent(measured.hitRate)}` : ''
  const failed = measured.errors > 0 ? `, ${plural(measured.errors, 'error')}` : ''
  return `${share}  ${plural(measured.requests, 'request')}${failed}${hits}; last second: ${rate}`
}
