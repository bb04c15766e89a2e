'use client'

import { lazy, Suspense, useId } from 'react'
import { count, ms, plural, timeOfDay } from '@/app/format'
import { useLabState } from '@/app/lab/lab-provider'
import { type OutsideLoad, outsideFigures, outsideKey } from '@/app/lab/outside'
import type { LabState } from '@/app/lab/state'
import { isOver } from '@/app/lab/use-run'
import { Scroller } from '@/app/parts/scroller'
import { useThrottled } from '@/app/parts/use-throttled'
import type { Report } from '@/lib/runs/report'

/** The drawing comes when there is something to draw. */
const Distribution = lazy(() => import('./distribution'))

/** It follows the log this often: more could not be read. */
const EVERY_MS = 500
const FIGURES = ['p50', 'p95', 'p99'] as const

/**
 * What the server measured of requests that came from outside (hey, wrk, k6, npm run load, curl): to be held against
 * what that tool prints, beside the last run of the same. Nothing where there were none.
 */
export function ExternalHistogram({ resource, strategy }: { resource: string; strategy: string }) {
  const load = useThrottled(
    useLabState((state) => state.outside[outsideKey({ resource, strategy })]),
    EVERY_MS,
  )
  const report = useLabState((state) => lastRunOf(state, resource, strategy))
  return load && <OutsideFigures load={load} report={report} />
}

function OutsideFigures({ load, report }: { load: OutsideLoad; report?: Report }) {
  const titleId = useId()
  const figures = outsideFigures(load)
  return (
    <section className="min-w-0" aria-labelledby={titleId} data-testid="outside">
      <h4 id={titleId} className="text-lg font-semibold">
        Requests from outside{' '}
        <span className="num text-[13px] font-normal text-ink-2">
          {`${plural(load.requests, 'request')} since ${timeOfDay(load.from)}`}
        </span>
      </h4>
      <Scroller name="Handler times" className="mt-2 overflow-x-auto">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">Inside the handler</th>
              <th scope="col">requests</th>
              {FIGURES.map((figure) => (
                <th key={figure} scope="col">
                  {figure}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Line name="from outside" requests={load.requests} times={figures.latencyMs} />
            {report?.handlerMs && <Line name="last run" requests={report.handlerMs.count} times={report.handlerMs} />}
          </tbody>
        </table>
      </Scroller>
      <p className="mt-2 max-w-[70ch] text-sm text-ink-2">
        By the server&rsquo;s own clock, so without the way there and back, which the tool counts too. After ten seconds
        without a request it begins anew.
        {load.omitted > 0 && (
          <span>{` ${plural(load.omitted, 'row')} of the log were left out meanwhile: more happened than the stream sends, and some of these requests are not counted.`}</span>
        )}
      </p>
      <Suspense fallback={<p className="mt-4 min-h-72 text-ink-2">Drawing…</p>}>
        <Distribution
          report={figures}
          title="How long the handler took for requests from outside"
          what="handler times"
          className="mt-4 min-w-0"
        />
      </Suspense>
    </section>
  )
}

function Line({
  name,
  requests,
  times,
}: {
  name: string
  requests: number
  times: Pick<Report['latencyMs'], (typeof FIGURES)[number]>
}) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{count(requests)}</td>
      {FIGURES.map((figure) => (
        <td key={figure}>{ms(times[figure])}</td>
      ))}
    </tr>
  )
}

/** The report of the newest run that is over and asked the same. */
function lastRunOf({ runs }: LabState, resource: string, strategy: string): Report | undefined {
  return Object.values(runs).findLast(
    ({ state }) =>
      isOver(state) &&
      state !== undefined &&
      state.report.requests > 0 &&
      state.report.config.resource === resource &&
      state.report.config.strategy === strategy,
  )?.state?.report
}
