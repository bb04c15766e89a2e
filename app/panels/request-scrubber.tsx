'use client'

import { useId, useMemo } from 'react'
import { count, ms } from '@/app/format'
import { OUTCOME_COLOR, OutcomeWord } from '@/app/parts/outcome'
import { Scroller } from '@/app/parts/scroller'
import type { Sample } from '@/lib/runs/samples'
import { headerNote } from './header-notes'
import {
  answeringWorker,
  type HeaderLine,
  headerLines,
  isWrite,
  letterOf,
  placesBefore,
  sentAfter,
  workersOf,
} from './sampled'
import { WayPicture } from './way-picture'
import { stopsInWords, stopsOf } from './way-stops'
import { WorkerMark, workerColor } from './worker-mark'
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
        <Strip requests={requests} workers={workers} at={at} onAt={onAt} />
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

const HEIGHT = 44

/** All requests at a glance: a bar each, as high as its round trip took long, in the colour of its outcome, over its process. */
function Strip({
  requests,
  workers,
  at,
  onAt,
}: {
  requests: readonly Sample[]
  workers: readonly string[]
  at: number
  onAt: (at: number) => void
}) {
  const bars = useMemo(() => {
    const logs = requests.map(({ serviceMs }) => Math.log10(Math.max(serviceMs, 0.001)))
    const [least, most] = [Math.min(...logs), Math.max(...logs)]
    return requests.map((sample, place) => {
      const height = 6 + (((logs[place] ?? least) - least) / (most - least || 1)) * (HEIGHT - 8)
      const worker = workers.indexOf(answeringWorker(sample) ?? '')
      return (
        <g key={sample.n}>
          <rect x={place + 0.1} y={HEIGHT - height} width={0.8} height={height} fill={OUTCOME_COLOR[sample.outcome]} />
          {worker >= 0 && <rect x={place} y={HEIGHT + 2} width={1} height={6} fill={workerColor(worker)} />}
        </g>
      )
    })
  }, [requests, workers])

  return (
    <div>
      <svg
        viewBox={`0 0 ${requests.length} ${HEIGHT + 8}`}
        preserveAspectRatio="none"
        className="block h-[64px] w-full cursor-pointer"
        aria-hidden="true"
        onClick={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect()
          const place = Math.floor(((event.clientX - left) / width) * requests.length)
          onAt(Math.min(Math.max(place, 0), requests.length - 1))
        }}
      >
        <rect x={at - 0.35} y={0} width={1.7} height={HEIGHT + 8} fill="var(--blue)" opacity="0.35" />
        {bars}
      </svg>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-[12.5px] text-ink-2">
        <span>The higher, the slower, on a logarithmic scale; below it, the process that answered:</span>
        {workers.map((worker, n) => (
          <span key={worker} className="num inline-flex items-center gap-1.5">
            <WorkerMark n={n} size={15} /> {worker}
          </span>
        ))}
      </p>
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
        <b className="num">#{count(n)}</b>
        <span className="font-semibold">
          {isWrite(sample) ? <WriteWord size={13} /> : <OutcomeWord outcome={outcome} size={13} />}
        </span>
        <span className="num min-w-0 text-[14px] [overflow-wrap:anywhere]">
          {method} {key}
        </span>
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
            <span className="sr-only">process {letterOf(worker)}, </span>
            {workers[worker]}
          </span>
        )}
        {staleMs !== undefined && (
          <span className="num text-[14px] font-semibold text-stale">
            ▲ stale: a later version had been there for {ms(staleMs)}
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

const CHANGE: Record<HeaderLine['change'], { mark: string; className: string }> = {
  added: { mark: '+', className: 'font-semibold' },
  removed: { mark: '−', className: 'font-semibold' },
  changed: { mark: '≠', className: 'font-semibold' },
  same: { mark: '', className: '' },
}

function HeaderDifferences({
  lines,
  n,
  earlier,
  answered,
}: {
  lines: readonly HeaderLine[]
  n: number
  /** The number of the one before it of the same key; undefined where this is the first. */
  earlier?: number
  answered: boolean
}) {
  if (!answered) return <p className="text-ink-2">There was no answer, and so there are no headers.</p>
  return (
    <Scroller name="Headers of its answer" className="min-w-0 overflow-x-auto">
      <table className="w-full min-w-[600px] border-collapse text-left text-[13px]">
        <caption className="mb-2 text-left text-base">
          <span className="font-semibold">Headers of its answer</span>{' '}
          <span className="text-sm text-ink-2">
            {earlier === undefined
              ? 'the first of its key here'
              : `beside those of #${count(earlier)}, the one before it of the same key here`}
          </span>
        </caption>
        <thead className="text-ink-2">
          <tr>
            <th scope="col" className="w-8 py-1 font-normal">
              <span className="sr-only">Difference</span>
            </th>
            <th scope="col" className="w-[11rem] py-1 pr-4 font-normal">
              Header
            </th>
            {earlier !== undefined && (
              <th scope="col" className="w-[38%] py-1 pr-4 font-normal">
                #{count(earlier)}
              </th>
            )}
            <th scope="col" className="py-1 font-normal">
              #{count(n)}
            </th>
          </tr>
        </thead>
        <tbody className="num align-top">
          {lines.map(({ name, before, now, change }) => {
            const { mark, className } = CHANGE[change]
            return (
              <tr
                key={name}
                className={`border-t border-line ${change === 'same' ? '' : 'bg-sunk'}`}
                data-change={change}
              >
                <td className={`py-1 text-center ${className}`}>
                  <span aria-hidden>{mark}</span>
                  <span className="sr-only">{change}</span>
                </td>
                <th scope="row" className="py-1 pr-4 font-semibold">
                  {headerNote(name)?.name ?? name}
                </th>
                {earlier !== undefined && (
                  <td className="py-1 pr-4 text-ink-2 [overflow-wrap:anywhere]">{before ?? '–'}</td>
                )}
                <td className={`py-1 [overflow-wrap:anywhere] ${className}`}>{now ?? '–'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scroller>
  )
}
