'use client'

import { useMemo } from 'react'
import { count, ms } from '@/app/format'
import { OutcomeWord } from '@/app/parts/outcome'
import { Scroller } from '@/app/parts/scroller'
import type { Sample } from '@/lib/runs/samples'
import {
  answeringWorker,
  changesInWords,
  headerLines,
  isWrite,
  letterOf,
  placesBefore,
  sentAfter,
  workersOf,
} from './sampled'
import { WorkerMark } from './worker-mark'
import { WriteWord } from './write-word'

const COLUMNS = [
  'Request',
  'Sent after',
  'Asked',
  'Outcome',
  'Round trip',
  'Process',
  'Version',
  'Stale for',
  'Cache-Status',
  'Header differences',
]

/** All requests that are kept of a run, a line each. The number of one leads to its picture. */
export function RequestsTable({
  requests,
  at,
  onAt,
}: {
  requests: readonly Sample[]
  at: number
  onAt: (at: number) => void
}) {
  const before = useMemo(() => placesBefore(requests), [requests])
  const workers = useMemo(() => workersOf(requests), [requests])
  return (
    <Scroller name="Requests of the run" className="relative max-h-[480px] overflow-auto border border-line">
      <table className="w-full border-collapse text-left text-[13px] whitespace-nowrap">
        <thead className="sticky top-0 bg-panel text-ink-2">
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className="border-b border-line px-2.5 py-1.5 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="num">
          {requests.map((sample, place) => {
            const { n, atMs, method, key, outcome, serviceMs, version, staleMs, headers } = sample
            const earlier = requests[before[place] ?? -1]
            const worker = workers.indexOf(answeringWorker(sample) ?? '')
            const changes = earlier ? changesInWords(headerLines(earlier.headers, headers)) : 'the first of its key'
            return (
              <tr key={n} className="border-t border-line" aria-current={place === at || undefined}>
                <th scope="row" className="px-2.5 py-1 font-normal">
                  <button type="button" className="text-blue underline underline-offset-3" onClick={() => onAt(place)}>
                    {`#${count(n)}`}
                  </button>
                </th>
                <td className="px-2.5 py-1">{sentAfter(atMs)}</td>
                <td className="px-2.5 py-1">{`${method} ${key}`}</td>
                <td className="px-2.5 py-1">{isWrite(sample) ? <WriteWord /> : <OutcomeWord outcome={outcome} />}</td>
                <td className="px-2.5 py-1 text-right">{ms(serviceMs)}</td>
                <td className="px-2.5 py-1">
                  {worker >= 0 ? (
                    <span className="inline-flex items-center gap-1.5">
                      <WorkerMark n={worker} size={15} />
                      <span className="sr-only">{`${letterOf(worker)}, `}</span>
                      <span>{workers[worker]}</span>
                    </span>
                  ) : (
                    '–'
                  )}
                </td>
                <td className="px-2.5 py-1">{version ?? '–'}</td>
                <td className="px-2.5 py-1">{staleMs === undefined ? '–' : ms(staleMs)}</td>
                <td className="px-2.5 py-1">{headers['cache-status'] ?? '–'}</td>
                <td className="px-2.5 py-1">{changes || 'none'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scroller>
  )
}
