import type { Report } from '../runs/report'

/** How far the rates of two runs of one load may lie apart, as a share of the higher one. */
const RATE_WITHIN = 0.2

/** Options that don't make it another load: whose lab it runs in, for how long, and whether a page watches it. */
const OTHERWISE = new Set(['lab', 'durationMs', 'stopUnwatched'])

function loadOf({ config }: Report): Record<string, string> {
  const options = Object.entries(config).filter(([name]) => !OTHERWISE.has(name))
  return Object.fromEntries(options.map(([name, value]) => [name, JSON.stringify(value)]))
}

/** Describes what a run asked for and what it got, in one line. */
export function described(report: Report): string {
  const { config, throughput, requests, hitRate } = report
  const answers = `${Math.round(throughput)} requests/s, ${requests} in all, hit rate ${(hitRate * 100).toFixed(1)}%`
  return `${config.resource} by ${config.strategy}, ${config.mode} loop, ${config.connections} connections: ${answers}`
}

/**
 * Returns why two runs can't stand for the same load, in words: an option that differs, or rates more than 20% apart.
 * Empty if they can.
 */
export function comparable(one: Report, other: Report): string[] {
  const [a, b] = [loadOf(one), loadOf(other)]
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  const differing = names
    .filter((name) => a[name] !== b[name])
    .map((name) => `${name} is ${a[name] ?? 'not set'} in one and ${b[name] ?? 'not set'} in the other`)
  const [low = 0, high = 0] = [one.throughput, other.throughput].toSorted((x, y) => x - y)
  if (high > 0 && low / high >= 1 - RATE_WITHIN) return differing
  return [...differing, `the rates are ${Math.round(one.throughput)} and ${Math.round(other.throughput)} requests/s`]
}
