'use client'

import { useId, useMemo } from 'react'
import { count, ms } from '@/app/format'
import { OutcomeWord } from '@/app/parts/outcome'
import type { Sample } from '@/lib/runs/samples'
import { HeaderDifferences } from './header-differences'
import { RequestStrip } from './request-strip'
import { answeringWorker, headerLines, isWrite, letterOf, placesBefore, sentAfter, workersOf } from './sampled'
import { WayPicture } from './way-picture'
import { stopsInWords, stopsOf } from './way-stops'
import { WorkerMark } from './worker-mark'
import { WriteWord } from './write-word'

/** Go through the requests of a run one by one: the way of each, and how its headers differ from those before it. */
export function RequestScrubber({
  requests,
  at,
  onAt,
}: {
  requests: readonly Sample[]
  /** The place of the chosen one. */
  at: number
  onAt: (at: number) => void
}) {
  const sliderId = useId()
  const before = useMemo(() => placesBefore(requests), [requests])
  const workers = useMemo(() => workersOf(requests), [requests])
  const last = requests.length - 1
  const chosen = requests[at] ?? requests[0]
  if (!chosen) return null
  const earlier = requests[before[at] ?? -1]

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-y-5">
      <div>
        <RequestStrip requests={requests} workers={workers} at={at} onAt={onAt} />
        <div className="mt-1 flex items-center gap-3">
          <button type="button" className="button-quiet" disabled={at === 0} onClick={() => onAt(Math.max(at - 1, 0))}>
            <span aria-hidden>◀</span>
            <span className="sr-only sm:not-sr-only">Previous</span>
          </button>
          <label htmlFor={sliderId} className="sr-only">
            Request of the run
          </label>
          <input
            id={sliderId}
            type="range"
            className="min-w-0 flex-1 accent-[var(--blue)]"
            min={0}
            max={last}
            value={at}
            aria-valuetext={`request ${count(chosen.n)}, ${isWrite(chosen) ? 'write' : chosen.outcome}, ${ms(chosen.serviceMs)}`}
            onChange={(event) => onAt(Number(event.target.value))}
          />
          <button
            type="button"
            className="button-quiet"
            disabled={at === last}
            onClick={() => onAt(Math.min(at + 1, last))}
          >
            <span className="sr-only sm:not-sr-only">Next</span>
            <span aria-hidden>▶</span>
          </button>
        </div>
      </div>
      <Chosen sample={chosen} workers={workers} />
      <HeaderDifferences
        lines={headerLines(earlier?.headers, chosen.headers)}
        n={chosen.n}
        earlier={earlier?.n}
        answered={chosen.status !== undefined}
      />
    </div>
  )
}

function Chosen({ sample, workers }: { sample: Sample; workers: readonly string[] }) {
  const { n, key, method, status, outcome, serviceMs, latencyMs, atMs, browser, version, staleMs, headers } = sample
  const stops = stopsOf({
    asker: 'client',
    outcome,
    answered: status !== undefined,
    roundTripMs: serviceMs,
    browser,
    write: method === 'PATCH',
    header: (name) => (headers as Partial<Record<string, string>>)[name],
  })
  const worker = workers.indexOf(answeringWorker(sample) ?? '')
  const waited = latencyMs - serviceMs
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-y-4" data-testid="request">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <b className="num">{`#${count(n)}`}</b>
        <span className="font-semibold">
          {isWrite(sample) ? <WriteWord size={13} /> : <OutcomeWord outcome={outcome} size={13} />}
        </span>
        <span className="num min-w-0 text-[14px] [overflow-wrap:anywhere]">{`${method} ${key}`}</span>
        <span className="num text-[14px] text-ink-2">
          {[
            status === undefined ? 'no answer' : `HTTP ${status}`,
            `sent after ${sentAfter(atMs)}`,
            ...(waited >= 0.1 ? [`${ms(waited)} after it was due`] : []),
            ...(version === undefined ? [] : [`version ${version}`]),
          ].join(' · ')}
        </span>
        {worker >= 0 && (
          <span className="num inline-flex items-center gap-1.5 text-[14px]">
            <WorkerMark n={worker} />
            <span className="sr-only">{`process ${letterOf(worker)}, `}</span>
            <span>{workers[worker]}</span>
          </span>
        )}
        {staleMs !== undefined && (
          <span className="num text-[14px] font-semibold text-stale">
            {`▲ stale: a later version had been there for ${ms(staleMs)}`}
          </span>
        )}
      </p>
      <WayPicture
        stops={stops}
        outcome={outcome}
        said={`Request ${n}: ${stopsInWords(stops, outcome, ms)}`}
        process={worker >= 0 && <WorkerMark n={worker} size={15} />}
      />
    </div>
  )
}
