'use client'

import Link from 'next/link'
import { useEffect, useId } from 'react'
import { isOver } from '@/app/lab/use-run'
import { usePanelRuns } from '@/app/panels/panel-runs'
import { reportSoFar } from '@/app/panels/report-rows'
import { RunStatus } from '@/app/panels/run-progress'
import { RunRequests } from '@/app/panels/run-requests'
import { ThresholdVerdict } from '@/app/panels/threshold-verdict'
import { UsableNotice } from '@/app/panels/usable-notice'
import { FaultNotice } from '@/app/parts/fault-notice'
import type { RunState, Snapshot } from '@/lib/runs/report'
import { listAddress } from './address'
import { ChartShelf } from './chart-figure'
import { runInWords } from './conditions'
import { ExportBar } from './export-bar'
import { FiguresTable } from './figures-table'
import { OPENED } from './known-runs'
import { MissingRun } from './missing-run'
import { DistributionChart, PercentileChart, TimeCharts } from './run-charts'
import { SettingsTables } from './settings-table'
import { useAgain } from './use-again'
import { useRunRecords, useSnapshots } from './use-run-record'

/** A run at its permanent address. */
export function RunView({ id }: { id: string }) {
  const [record] = useRunRecords([id])
  const state = record?.state
  const points = useSnapshots(state?.id)
  const { remember } = usePanelRuns(OPENED)
  const ended = state && isOver(state) ? state.report : undefined
  useEffect(() => {
    if (ended && ended.requests > 0) remember(ended)
  }, [ended, remember])

  return (
    <>
      <h1 className="text-[44px] font-extrabold">A run</h1>
      {record?.fault && (
        <div className="sheet mt-8">
          <MissingRun id={id} fault={record.fault} />
        </div>
      )}
      {!state && !record?.fault && <p className="sheet band mt-8 min-h-96 text-ink-2">Asking for the run…</p>}
      {state && <RunSheet state={state} points={points} />}
    </>
  )
}

function RunSheet({ state, points }: { state: RunState; points: readonly Snapshot[] }) {
  const tableId = useId()
  const again = useAgain(state.report.config)
  const over = isOver(state)
  const latest = points.at(-1)
  const report = over || !latest ? state.report : reportSoFar(state.report, latest)
  const runs = [{ name: 'A', group: 0, report, label: runInWords(report.config) }]
  return (
    <ChartShelf>
      {(collect) => (
        <article className="sheet mt-8" data-testid="run" data-run={state.id}>
          <header className="band">
            <h2 className="text-[26px]">{runInWords(report.config)}</h2>
            <p className="eyebrow mt-2 [overflow-wrap:anywhere]">
              {`run ${state.id}, seed ${report.config.keys.seed}`}
            </p>
          </header>
          <RunStatus state={state} latest={latest} streamed />
          {report.requests > 0 && (
            <UsableNotice report={report} onAgain={over ? again.start : undefined} blocked={again.busy} />
          )}
          {again.fault && (
            <div className="band">
              <FaultNotice fault={again.fault} />
            </div>
          )}
          {over && <ThresholdVerdict thresholds={report.thresholds} />}
          {report.requests > 0 ? (
            <div className="band grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 xl:grid-cols-[minmax(0,11fr)_minmax(0,9fr)]">
              <div className="grid min-w-0 content-start gap-y-10">
                {over && <PercentileChart runs={runs} described={tableId} />}
                {over && <DistributionChart runs={runs} described={tableId} />}
                <TimeCharts report={report} points={points} described={tableId} />
                {over && points.length < 2 && (
                  <p className="text-sm text-ink-2">
                    No charts over time: the run took only a moment, or an older version of the app made it.
                  </p>
                )}
              </div>
              <FiguresTable id={tableId} runs={runs} />
            </div>
          ) : (
            over && <p className="band text-ink-2">It measured nothing before it ended.</p>
          )}
          {over && report.requests > 0 && <RunRequests run={state.id} />}
          <div className="band">
            <SettingsTables report={report} />
          </div>
          {over && (
            <div className="band no-print">
              <Link href={listAddress([state.id])} className="button-quiet">
                Compare with other runs
              </Link>
            </div>
          )}
          {over && <ExportBar runs={[state]} collect={collect} />}
        </article>
      )}
    </ChartShelf>
  )
}
