import type { ReactNode } from 'react'
import { count, estimated, ms, percent } from '@/app/format'
import { Scroller } from '@/app/parts/scroller'
import { isEstimate, PERCENTILES } from '@/lib/runs/estimate'
import { isStaleRow, type SweepRow } from './sweep'

const TONES = { strong: 'font-semibold', quiet: 'text-ink-2' }

/** A column: what is measured, or what theory says of the column before it. */
interface Column {
  id: string
  name: string
  about?: string
  tone?: 'strong' | 'quiet'
  cell: (row: SweepRow) => ReactNode
}

const told = (value: number | undefined, write: (value: number) => string) =>
  value === undefined ? 'not told' : write(value)

const HIT_RATE: Column = { id: 'hit-rate', name: 'hit rate', tone: 'strong', cell: ({ hitRate }) => percent(hitRate) }
const CALLS: Column = {
  id: 'calls',
  name: 'calls',
  about: 'to the origin, counted by the server',
  cell: ({ originCalls, requests }) => <span title={`of ${count(requests)} requests`}>{count(originCalls)}</span>,
}
const AGES: readonly Column[] = [
  HIT_RATE,
  { id: 'hit-rate-theory', name: 'theory', tone: 'quiet', cell: ({ theory }) => percent(theory) },
  { id: 'age', name: 'mean age', tone: 'strong', cell: ({ ageMs }) => told(ageMs?.mean, ms) },
  { id: 'age-theory', name: 'theory', tone: 'quiet', cell: ({ theoryAgeMs }) => ms(theoryAgeMs) },
  { id: 'oldest', name: 'oldest', cell: ({ ageMs }) => told(ageMs?.max, ms) },
  CALLS,
]
const FRONTIER: readonly Column[] = [
  {
    id: 'mean',
    name: 'mean',
    about: 'of the round trips',
    tone: 'strong',
    cell: ({ latencyMs }) => ms(latencyMs.mean),
  },
  {
    id: 'p95',
    name: 'p95',
    about: '95 of 100 round trips took no longer',
    cell: ({ latencyMs, requests }) => estimated(ms(latencyMs.p95), isEstimate(PERCENTILES.p95, requests)),
  },
  {
    id: 'stale',
    name: 'stale',
    tone: 'strong',
    about: 'reads given an older version than a write had been answered with before they were sent',
    cell: ({ stale }) => told(stale?.rate, percent),
  },
  { id: 'stale-theory', name: 'theory', tone: 'quiet', cell: ({ theoryStale }) => percent(theoryStale) },
  {
    id: 'stale-for',
    name: 'for, p95',
    about: 'of stale reads: since the first later version was answered',
    cell: ({ stale }) => told(stale?.ageMs, ms),
  },
  HIT_RATE,
]

/** The figures of a sweep, a line a TTL: what the charts draw, in numbers. */
export function SweepTable({ id: tableId, rows }: { id: string; rows: readonly SweepRow[] }) {
  const columns = rows.some(isStaleRow) ? FRONTIER : AGES
  return (
    <Scroller name="What the sweep measured" className="overflow-x-auto">
      <table id={tableId} className="figures">
        <caption className="mb-1 text-left font-semibold">Measured, beside the theory</caption>
        <thead>
          <tr>
            <th scope="col">TTL</th>
            {columns.map(({ id, name, about }) => (
              <th key={id} scope="col" title={about}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.ttl}>
              <th scope="row" className="num">
                {`${row.ttl} s`}
              </th>
              {columns.map(({ id, tone, cell }) => (
                <td key={id} className={tone && TONES[tone]}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
