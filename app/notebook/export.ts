import { csvOf } from '@/app/csv'
import { ms, percent, perSecond, plural } from '@/app/format'
import type { NotebookItem } from '@/lib/notebook/items'
import type { LessonOutline } from './outline'
import { type Section, sectionsOf } from './sections'

/** The notebook as files. Pure: the same items give the same text. */

/** What an export file is, so that an import can tell. */
export const FORMAT = 'hitrate-notebook'
export const VERSION = 1

/** All of it, to be read back by an import. */
export const asJson = (items: readonly NotebookItem[], now: number): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, exportedAt: new Date(now).toISOString(), items }, null, 2)}\n`

/** A table in which each item is a row (RFC 4180). */
export function asCsv(items: readonly NotebookItem[]): string {
  const rows = items.toSorted((a, b) => a.at - b.at).map(row)
  return csvOf([COLUMNS, ...rows.map((cells) => COLUMNS.map((column) => cells[column]))])
}

const COLUMNS = [
  'kind',
  'lesson',
  'of',
  'when',
  'text',
  'said',
  'measured',
  'unit',
  'reading',
  'hints_used',
  'answers',
  'answers_right',
  'resource',
  'strategy',
  'ttl_s',
  'seed',
  'requests',
  'errors',
  'hit_rate',
  'origin_calls',
  'requests_per_s',
  'p50_ms',
  'p95_ms',
  'p99_ms',
  'usable',
] as const
type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>

function row(item: NotebookItem): Row {
  const base = {
    kind: item.kind,
    lesson: item.lesson,
    of: item.id.slice(item.kind.length + 1),
    when: new Date(item.at).toISOString(),
  }
  switch (item.kind) {
    case 'progress':
      return { ...base, reading: item.reading, text: item.heading }
    case 'prediction':
      return { ...base, text: item.ask, said: item.said, measured: item.measured, unit: item.unit }
    case 'run':
      return {
        ...base,
        resource: item.resource,
        strategy: item.strategy,
        ttl_s: item.ttl,
        seed: item.seed,
        requests: item.requests,
        errors: item.errors,
        hit_rate: item.hitRate,
        origin_calls: item.originCalls,
        requests_per_s: item.throughput,
        p50_ms: item.p50,
        p95_ms: item.p95,
        p99_ms: item.p99,
        usable: item.usable === undefined ? undefined : String(item.usable),
      }
    case 'conclusion':
    case 'command':
      return { ...base, text: item.text }
    case 'exercise':
      return { ...base, text: item.seen.join('; ') }
    case 'hints':
      return { ...base, hints_used: item.used }
    case 'recall':
      return {
        ...base,
        answers: item.answers.length,
        answers_right: item.answers.filter(({ right }) => right).length,
      }
  }
}

/** A text to read, by lesson. What the learner wrote stays text: nothing in it is taken for Markdown or HTML. */
export function asMarkdown(items: readonly NotebookItem[], lessons: readonly LessonOutline[], now: number): string {
  const sections = sectionsOf(items, lessons).map(markdownOf)
  return `${['# Hitrate notebook', `Exported on ${new Date(now).toISOString().slice(0, 10)}.`, ...sections].join('\n\n')}\n`
}

function markdownOf({ title, predictions, runs, conclusions, exercises, commands, progress }: Section): string {
  const written = conclusions.filter(({ text }) => text !== '')
  const parts = [
    `## ${plain(title)}`,
    ...(progress ? [progress.reading === 'read' ? 'Read to the end.' : 'Begun.'] : []),
    ...list(
      'Predictions',
      predictions.map(
        (each) =>
          `${plain(each.question)} Said: ${plain(each.said ?? 'nothing')}. Measured: ${plain(each.measured ?? 'not yet')}.`,
      ),
    ),
    ...list(
      'Runs',
      runs.map(
        (run) =>
          `${plain(run.resource)} with ${plain(run.strategy)}, TTL ${run.ttl.toLocaleString('en-US')} s, seed ${run.seed}: ` +
          `${plural(run.requests, 'request')}, hit rate ${percent(run.hitRate)}, ${plural(run.originCalls, 'origin call')}, ` +
          `${perSecond(run.throughput)}, p50 ${ms(run.p50)}, p95 ${ms(run.p95)}, p99 ${ms(run.p99)}` +
          (run.usable === false ? '. **Unusable: don’t use these metrics.**' : ''),
      ),
    ),
    ...list(
      'Conclusions',
      written.map(({ question, text }) => `${plain(question)} ${plain(text)}`),
    ),
    ...list(
      'Exercises',
      exercises.map(
        ({ title, done, hints }) =>
          `${plain(title)}: ${done ? `done. Seen: ${plain(done.seen.join('; '))}` : 'not done'}` +
          `${hints > 0 ? ` (${plural(hints, 'hint')})` : ''}`,
      ),
    ),
    ...(commands.length > 0 ? ['### Commands', ...commands.map(({ text }) => fenced(text))] : []),
  ]
  return parts.join('\n\n')
}

const list = (heading: string, lines: readonly string[]) =>
  lines.length > 0 ? [`### ${heading}`, lines.map((line) => `- ${line}`).join('\n')] : []

/**
 * Text in which no character means anything to Markdown, in one line. A backslash escapes punctuation alone: of a list's
 * number, the mark behind the digits.
 */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')

/** Code in a fence that is longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}sh\n${text}\n${fence}`
}
