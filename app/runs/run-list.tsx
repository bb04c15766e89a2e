'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import { count, dayAndTime, ms, percent, perSecond } from '@/app/format'
import { useNotebook } from '@/app/notebook/notebook-provider'
import { Scroller } from '@/app/parts/scroller'
import { Unusable } from '@/app/parts/unusable'
import type { Report } from '@/lib/runs/report'
import { COMPARED_MAX, comparisonAddress, runAddress } from './address'
import { type KnownRun, knownRuns, reportsKept } from './known-runs'

/** Runs that this browser knows of, to be opened or chosen for a comparison. */
export function RunList({ picked }: { picked: readonly string[] }) {
  const { items, known } = useNotebook()
  const [kept, setKept] = useState<readonly Report[]>()
  useEffect(() => {
    try {
      setKept(reportsKept(sessionStorage))
    } catch {
      // Storage is closed to this page: then the notebook is all there is.
      setKept([])
    }
  }, [])
  return (
    <>
      <h1 className="text-[44px] font-extrabold">Runs</h1>
      <p className="prose mt-3 max-w-[62ch]">
        Every load run has a permanent address. Open one, or choose up to <span>{COMPARED_MAX}</span> and lay them over
        each other. The same config run three times or more tells how sure a difference is.
      </p>
      {known && kept ? (
        <ChooseRuns runs={knownRuns(Object.values(items), kept)} picked={picked} />
      ) : (
        <p className="sheet band mt-8 min-h-96 text-ink-2">Looking for runs…</p>
      )}
    </>
  )
}

function ChooseRuns({ runs, picked }: { runs: readonly KnownRun[]; picked: readonly string[] }) {
  const [chosen, setChosen] = useState<readonly string[]>(picked)
  // Older runs first: repeats in turns are then in the order in which they were made.
  const order = [...runs.map(({ run }) => run)].reverse()
  const ids = [...chosen.filter((id) => !order.includes(id)), ...order.filter((id) => chosen.includes(id))]
  const full = ids.length >= COMPARED_MAX
  if (runs.length === 0) {
    return (
      <div className="sheet band mt-8 max-w-[66ch]" data-testid="runs-empty">
        <h2 className="text-2xl">No runs are known here yet</h2>
        <p className="prose mt-2 text-[17.5px]">
          Run a load in a <Link href="/lessons">lesson</Link> or on the <Link href="/playground">playground</Link>: it
          will stand here. A run of somebody else opens by its link.
        </p>
      </div>
    )
  }
  return (
    <div className="sheet mt-8">
      <div className="band flex flex-wrap items-center gap-x-5 gap-y-3">
        {ids.length >= 2 ? (
          <Link href={comparisonAddress(ids)} className="button">{`Compare ${ids.length} runs`}</Link>
        ) : (
          <button type="button" className="button" disabled>
            Compare
          </button>
        )}
        <p className="text-sm text-ink-2" role="status">
          {ids.length < 2
            ? 'Choose two or more.'
            : full
              ? `${COMPARED_MAX} are chosen, as many as one page compares.`
              : `${ids.length} are chosen.`}
        </p>
        {ids.length > 0 && (
          <button type="button" className="button-quiet" onClick={() => setChosen([])}>
            Choose none
          </button>
        )}
      </div>
      <div className="band">
        <Scroller name="Runs" className="overflow-x-auto">
          <table className="figures min-w-[760px]" data-testid="runs">
            <thead>
              <tr>
                <th scope="col">Resource, strategy, TTL</th>
                <th scope="col">When</th>
                <th scope="col">Requests</th>
                <th scope="col">Hit rate</th>
                <th scope="col">Origin calls</th>
                <th scope="col">Throughput</th>
                <th scope="col">p50</th>
                <th scope="col">p99</th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => {
                const kept = run.strategy === 'none' ? '' : `, ${run.ttl.toLocaleString('en-US')} s`
                const words = `${run.resource}, ${run.strategy}${kept}`
                const isChosen = ids.includes(run.run)
                return (
                  <tr key={run.run}>
                    <th scope="row">
                      <span className="flex items-center gap-3">
                        <input
                          type="checkbox"
                          className="size-5 accent-(--ink)"
                          aria-label={`Choose ${words}, run ${run.run}${run.usable === false ? ', unusable' : ''}`}
                          checked={isChosen}
                          disabled={full && !isChosen}
                          onChange={() =>
                            setChosen(isChosen ? chosen.filter((id) => id !== run.run) : [...chosen, run.run])
                          }
                        />
                        <Link href={runAddress(run.run)}>{words}</Link>
                        {run.usable === false && <Unusable />}
                      </span>
                    </th>
                    <td>{run.at === undefined ? 'in this tab' : dayAndTime(run.at)}</td>
                    <td>{count(run.requests)}</td>
                    <td>{percent(run.hitRate)}</td>
                    <td>{count(run.originCalls)}</td>
                    <td>{perSecond(run.throughput)}</td>
                    <td>{ms(run.p50)}</td>
                    <td>{ms(run.p99)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </Scroller>
      </div>
    </div>
  )
}
