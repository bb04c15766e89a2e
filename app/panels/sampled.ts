import { ms, stretch } from '@/app/format'
import { readCacheStatus } from '@/lib/http/cache-status'
import { SAMPLED_HEADERS, type SampledHeader } from '@/lib/runs/sampled-headers'
import type { Sample } from '@/lib/runs/samples'
import { parseServerTiming } from './timing'
import { EDGES } from './way-stops'

/** A header line of an answer beside the same line of the one before. */
export interface HeaderLine {
  name: SampledHeader
  before?: string
  now?: string
  change: 'added' | 'removed' | 'changed' | 'same'
}

/**
 * The header lines of an answer, and how they differ from those of the one before. `Server-Timing` differs in every
 * answer: it counts as changed where it names other steps, and not where they took another time.
 */
export function headerLines(before: Sample['headers'] | undefined, now: Sample['headers']): HeaderLine[] {
  return SAMPLED_HEADERS.flatMap((name): HeaderLine[] => {
    const [was, is] = [before?.[name], now[name]]
    if (was === undefined && is === undefined) return []
    if (!before) return [{ name, now: is, change: 'same' }]
    const change =
      was === undefined ? 'added' : is === undefined ? 'removed' : differ(name, was, is) ? 'changed' : 'same'
    return [{ name, before: was, now: is, change }]
  })
}

function differ(name: SampledHeader, was: string, is: string): boolean {
  if (name !== 'server-timing') return was !== is
  const names = (value: string) =>
    parseServerTiming(value)
      .map((metric) => metric.name)
      .join()
  return names(was) !== names(is)
}

/** For each request, the place of the one before it of the same key and method; undefined for the first. */
export function placesBefore(requests: readonly Sample[]): (number | undefined)[] {
  const last = new Map<string, number>()
  return requests.map(({ key, method }, at) => {
    const same = `${method} ${key}`
    const before = last.get(same)
    last.set(same, at)
    return before
  })
}

/** Whether it is a write that was answered: its word is that, and no outcome of a read. */
export const isWrite = ({ method, outcome }: Sample): boolean => method === 'PATCH' && outcome !== 'error'

/** How long after the first it was sent: milliseconds, and seconds from the first of them on. */
export const sentAfter = (atMs: number): string => (atMs < 1_000 ? ms(atMs) : stretch(atMs))

/** What an answer's differences are, in words: `cache-status, age`. */
export const changesInWords = (lines: readonly HeaderLine[]): string =>
  lines
    .filter(({ change }) => change !== 'same')
    .map(({ name, change }) => (change === 'changed' ? name : `${name} ${change}`))
    .join(', ')

/** The processes that answered, by `X-Worker`: those of the first host first, each host's in the order of their first answer. */
export function workersOf(requests: readonly Sample[]): string[] {
  const hosts = new Map<string, number>()
  for (const { address, headers } of requests) {
    const worker = headers['x-worker']
    if (worker !== undefined && !hosts.has(worker)) hosts.set(worker, address)
  }
  return [...hosts].sort(([, a], [, b]) => a - b).map(([worker]) => worker)
}

/** The process that answered this very request; none where a cache in front of it did. */
export function answeringWorker({ headers, browser }: Sample): string | undefined {
  const edge = readCacheStatus(headers['cache-status']).some(({ name, hit }) => hit && EDGES.includes(name))
  return browser === 'hit' || edge ? undefined : headers['x-worker']
}

/** The n-th process as a letter: A to Z, and then numbers. */
export const letterOf = (n: number): string => (n < 26 ? String.fromCharCode(65 + n) : String(n + 1))
