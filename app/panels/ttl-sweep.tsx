'use client'

import { lazy, Suspense, useId, useState } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { useExperiment, usePredictFirst } from '@/app/experiment/experiment-context'
import { plural } from '@/app/format'
import { useLab } from '@/app/lab/lab-provider'
import { NumberField, Segments } from '@/app/parts/controls'
import { CopyButton } from '@/app/parts/copy-button'
import { FaultNotice } from '@/app/parts/fault-notice'
import { PanelForm } from './panel-form'
import { type CatalogResource, resourceOf, type SetupProps, strategyOf } from './setup'
import { isStaleRow, type Sweep, type SweepSettings, sweepCsv, sweepFigures, sweepRows } from './sweep'
import { SweepTable } from './sweep-table'
import { useSweep, WARM_UP } from './use-sweep'

/** Recharts weighs more than all the rest of a page: it comes when there is something to draw. */
const SweepCharts = lazy(() => import('./sweep-charts'))
const SweepFrontier = lazy(() => import('./sweep-frontier'))

/** Strategies whose entries live for a TTL in a tier of the server's. */
const STRATEGIES = ['memory', 'redis']
/** The one of them whose entries live that long whatever is written. */
const DEAF_TO_WRITES = ['redis-ttl-only']

export interface SweepProps {
  resource: string
  params?: SetupProps['params']
  strategy?: string
  /** The part of the requests that write, 0 to 1. With writes, latency is drawn against staleness. */
  writes?: number
  /** Requests per second, at random moments. */
  rate?: number
  /** In seconds, in the order in which they are measured. */
  ttls?: readonly number[]
  /** How long each run lasts. */
  seconds?: number
  seed?: number
}

/**
 * Freshness against hit rate, or with writes latency against staleness: a run a TTL, one after another, each at the
 * same rate on one key from a cold start.
 * Tells the experiment around it the figures that `sweepFigures` names.
 */
export function TtlSweep({
  resource,
  params,
  writes = 0,
  strategy = writes > 0 ? 'redis-ttl-only' : 'memory',
  rate = 40,
  ttls = [0.1, 0.25, 0.5, 1, 2],
  seconds = 4,
  seed = 1,
}: SweepProps) {
  const catalog = useCatalog()
  const { lab } = useLab()
  const experiment = useExperiment()
  const predictFirst = usePredictFirst()
  const tableId = useId()
  const [settings, setSettings] = useState<SweepSettings>({
    strategy,
    rate: String(rate),
    seconds: String(seconds),
    seed: String(seed),
    ...(writes > 0 ? { writes: String(writes * 100) } : {}),
  })
  const { sweep, known, run, fault, begin, resume, stop } = useSweep(
    experiment?.id ?? resource,
    { resource, params },
    (report, after) => {
      experiment?.sawReport(report)
      for (const [name, value] of sweepFigures(sweepRows(after).slice(-1))) experiment?.sawFigure(name, value)
    },
  )
  const rows = sweepRows(sweep)
  const stale = rows.filter(isStaleRow)
  const busy = sweep.status === 'running'
  const set = (name: keyof SweepSettings) => (value: string) => setSettings((before) => ({ ...before, [name]: value }))

  return (
    <section className="bands" aria-label="Sweep over TTLs">
      <PanelForm
        onSend={() => {
          if (lab !== undefined && !busy) begin(settings, ttls)
        }}
      >
        <Segments
          name="Strategy"
          value={settings.strategy}
          onChange={set('strategy')}
          disabled={busy}
          choices={(writes > 0 ? DEAF_TO_WRITES : STRATEGIES).map((id) => ({
            id,
            label: id,
            title: strategyOf(catalog, id).summary,
          }))}
        />
        <NumberField name="Rate λ" unit="/s" min={1} width={4} value={settings.rate} onChange={set('rate')} />
        {settings.writes !== undefined && (
          <NumberField
            name="Writes"
            unit="%"
            title="The part of the load that is PATCH; all figures are of the reads"
            min={1}
            max={99}
            width={3}
            value={settings.writes}
            onChange={set('writes')}
          />
        )}
        <NumberField name="Each run" unit="s" min={1} width={3} value={settings.seconds} onChange={set('seconds')} />
        <NumberField
          name="Seed"
          title="The same seed draws the same arrivals"
          min={0}
          width={4}
          value={settings.seed}
          onChange={set('seed')}
        />
        <p className="text-sm">
          <span className="field-name mb-1">
            {['TTLs', resource, ...paramsInWords(resourceOf(catalog, resource), params)].join(', ')}
          </span>
          <span className="num flex min-h-[38px] items-center">{ttls.map((ttl) => `${ttl} s`).join(' · ')}</span>
        </p>
        <div className="ml-auto flex gap-3">
          {/* Keys: were it one element, the click that stops would become one that submits. */}
          {busy ? (
            <button key="stop" type="button" className="button min-w-28" onClick={stop}>
              Stop
            </button>
          ) : (
            <button key="run" type="submit" className="button min-w-28" disabled={lab === undefined}>
              {lab === undefined
                ? 'Connecting…'
                : predictFirst
                  ? 'Predict first'
                  : rows.length > 0
                    ? 'Run again'
                    : `Run ${ttls.length} runs`}
            </button>
          )}
        </div>
      </PanelForm>
      {fault && (
        <div className="band">
          <FaultNotice fault={fault} />
        </div>
      )}
      <div className="band" data-testid="sweep-status" data-status={sweep.status}>
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <p className="min-h-6" aria-live="polite">
            {known && say(sweep, ttls.length)}
          </p>
          {sweep.status === 'stopped' && !predictFirst && (
            <button type="button" className="button-quiet" disabled={lab === undefined} onClick={resume}>
              Resume
            </button>
          )}
        </div>
        {sweep.status !== 'none' && (
          <progress
            className="run-progress mt-3"
            value={sweep.points.length + (busy ? (run.latest?.progress ?? 0) : 0)}
            max={sweep.ttls.length}
            aria-label="Progress of the sweep"
          />
        )}
        {busy && !run.streamed && (
          <p className="mt-2 text-sm text-stale" role="status">
            The live stream is away. Until it is back, this page asks after the run again and again.
          </p>
        )}
      </div>
      {rows.length > 0 && (
        <div className="band grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 xl:grid-cols-2">
          {stale.length > 0 ? (
            <Suspense fallback={<p className="min-h-[400px] text-ink-2">Drawing…</p>}>
              <SweepFrontier rows={stale} described={tableId} />
            </Suspense>
          ) : (
            <Suspense fallback={<p className="min-h-[560px] text-ink-2">Drawing…</p>}>
              <SweepCharts
                rows={rows}
                rate={Number(sweep.settings.rate)}
                longest={Math.max(...sweep.ttls)}
                described={tableId}
                drawn={experiment?.drawn}
              />
            </Suspense>
          )}
          <div className="min-w-0">
            <SweepTable id={tableId} rows={rows} />
            <p className="num mt-3 text-[13px]">{settingsInWords(sweep.settings)}</p>
            <div className="mt-3">
              <CopyButton text={() => sweepCsv(rows)}>Copy CSV</CopyButton>
            </div>
            <p className="mt-4 max-w-[60ch] text-[12.5px] text-ink-2">
              <span>
                {stale.length > 0
                  ? 'The theory of stale reads is the hit rate times 1 − (1 − e^(−wT)) / (wT): writes come at random, w a second, and no hit hears of them.'
                  : 'The curve is the hit ratio of a TTL cache under Poisson arrivals at rate λ with TTL T (Jung, Berger, Balakrishnan: Modeling TTL-based Internet caches, INFOCOM 2003).'}
              </span>{' '}
              It leaves out the time that the origin takes: whoever asks meanwhile misses, too, the more so the busier
              the machine is. And a run of a few seconds has few misses
              {stale.length > 0 && <span>{' and writes'}</span>}
              <span>, so chance shows.</span>
            </p>
          </div>
        </div>
      )}
    </section>
  )
}

/** `slow=50 ms`, for each parameter that a lesson sets. */
const paramsInWords = (resource: CatalogResource, params: SetupProps['params'] = {}): string[] =>
  Object.entries(params).map(([name, value]) => {
    const param = resource.params[name]
    return `${name}=${value}${param && 'unit' in param && param.unit ? ` ${param.unit}` : ''}`
  })

const settingsInWords = ({ strategy, rate, writes, seconds, seed }: SweepSettings): string =>
  [strategy, `${rate} /s`, ...(writes ? [`${writes} % writes`] : []), `${seconds} s each`, `seed ${seed}`].join(' · ')

/** How the sweep stands, in a sentence or two. */
function say({ status, points, ttls, why }: Sweep, runs: number): string {
  const have = `${plural(points.length, 'run')} of ${ttls.length} measured.`
  switch (status) {
    case 'none':
      return `No sweep yet. It makes ${plural(runs, 'run')}, one a TTL, all else the same. Each begins cold, and has ${WARM_UP} s of load before its figures count.`
    case 'running':
      return `Run ${points.length + 1} of ${ttls.length}, TTL ${ttls[points.length]} s`
    case 'stopped':
      return `${why} ${have}`
    case 'over':
      return `Done. ${have}`
  }
}
