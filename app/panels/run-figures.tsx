'use client'

import { lazy, memo, Suspense, useId, useMemo } from 'react'
import { useExperiment } from '@/app/experiment/experiment-context'
import { isOver, useSnapshots } from '@/app/lab/use-run'
import { useThrottled } from '@/app/parts/use-throttled'
import type { Report, RunState } from '@/lib/runs/report'
import { reportSoFar } from './report-rows'
import { ReportTable } from './report-table'
import { ThresholdVerdict } from './threshold-verdict'
import { UsableNotice } from './usable-notice'

/** They come when there is something to draw. */
const Charts = lazy(() => import('./charts'))

/** Rendered when its figures change, and not with every snapshot. */
const CalmTable = memo(ReportTable)

/** Figures in a table cannot be read any faster. */
const TABLE_EVERY_MS = 250

/**
 * What a run has measured so far, drawn and in figures. Apart from its panel, for it changes ten times a second and the
 * panel's form does not. `reports` are those that the panel remembers.
 */
export function RunFigures({
  state,
  reports,
  onAgain,
  blocked,
}: {
  state: RunState
  reports: readonly Report[]
  /** Repeats a run whose metrics are unusable. */
  onAgain: () => void
  /** Another run is under way. */
  blocked: boolean
}) {
  const experiment = useExperiment()
  const tableId = useId()
  const { latest, points } = useSnapshots(state.id)
  const over = isOver(state)
  const now = useMemo(
    () => (over || !latest ? state.report : reportSoFar(state.report, latest)),
    [over, latest, state.report],
  )
  const calm = useThrottled(now, TABLE_EVERY_MS)
  // How it ended is told at once.
  const report = over ? now : calm.run === now.run ? calm : now
  const earlier = useMemo(() => reports.filter(({ run }) => run !== state.report.run), [reports, state.report.run])
  if (now.requests === 0) return null

  const drawn = points.length > 1
  return (
    <>
      <UsableNotice report={report} onAgain={over ? onAgain : undefined} blocked={blocked} />
      {over && <ThresholdVerdict thresholds={report.thresholds} />}
      <div
        className={`band grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 ${drawn ? 'xl:grid-cols-[minmax(0,11fr)_minmax(0,10fr)]' : ''}`}
      >
        {drawn && (
          <Suspense fallback={<p className="min-h-[560px] text-ink-2">Drawing…</p>}>
            <Charts points={points} described={tableId} drawn={experiment?.drawn} />
          </Suspense>
        )}
        <CalmTable id={tableId} report={report} earlier={earlier} partial={!over} drawn={experiment?.drawn} />
      </div>
    </>
  )
}
