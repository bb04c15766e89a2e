import os from 'node:os'
import type { Alongside } from './report'

/** Starts to watch what else runs. Returns the function that tells it at the end. */
export function watchAlongside(others: {
  /** Runs that wait for their turn. */
  queuedRuns(): number
  /** Requests of other labs, answered so far. */
  requests(): number
}): () => Alongside {
  const requests = others.requests()
  const before = ticks()
  const own = process.cpuUsage()
  return () => {
    const after = ticks()
    const { user, system } = process.cpuUsage(own)
    // Milliseconds that each core had: what the kernel counted is the clock here.
    const each = (after.all - before.all) / after.cores
    const cores = (ms: number) => (each > 0 ? Math.min(Math.max(ms / each, 0), after.cores) : 0)
    return {
      queuedRuns: others.queuedRuns(),
      // A lab that was dropped meanwhile took its counts along.
      requests: Math.max(others.requests() - requests, 0),
      cores: { busy: cores(after.busy - before.busy), own: cores((user + system) / 1_000) },
    }
  }
}

/** Milliseconds of all cores together since the machine started. */
function ticks(): { cores: number; all: number; busy: number } {
  const cpus = os.cpus()
  const sum = (of: (times: os.CpuInfo['times']) => number) => cpus.reduce((total, { times }) => total + of(times), 0)
  const idle = sum((times) => times.idle)
  const all = idle + sum(({ user, nice, sys, irq }) => user + nice + sys + irq)
  return { cores: Math.max(cpus.length, 1), all, busy: all - idle }
}
