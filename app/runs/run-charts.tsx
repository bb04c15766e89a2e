'use client'

import { lazy, useState } from 'react'
import { count, ms, percent, perSecond } from '@/app/format'
import { decades, steps } from '@/app/panels/ticks'
import { Segments } from '@/app/parts/controls'
import type { Report, Snapshot } from '@/lib/runs/report'
import { ChartFigure } from './chart-figure'
import type { ChartAxis, ChartLine } from './charts'
import { distributionSteps, type Point, percentileAt, percentileCurve } from './curves'
import { fileName } from './exports'
import type { NamedRun } from './named'

/** Recharts weighs more than all the rest of a page: it comes when there is something to draw. */
const Lines = lazy(() => import('./charts'))
const Bars = lazy(() => import('./charts').then((charts) => ({ default: charts.Bars })))

const HEIGHT = 280
const COLORS = ['var(--run-1)', 'var(--run-2)', 'var(--run-3)', 'var(--run-4)'] as const
const DASHES = [undefined, '7 4'] as const

/** How a run is told apart: repeats look alike. */
export const lookOf = (group: number): { stroke: string; dash?: string } => ({
  stroke: COLORS[group % COLORS.length] ?? 'var(--ink)',
  dash: DASHES[Math.floor(group / COLORS.length) % DASHES.length],
})

/** A run to be drawn, with the words that name it in the legend. */
export interface DrawnRun extends NamedRun {
  label: string
}

interface Props {
  runs: readonly DrawnRun[]
  /** The id of the table that says the same in figures. */
  described: string
}

const linesOf = (runs: readonly DrawnRun[], points: (run: DrawnRun) => Point[]): ChartLine[] =>
  runs.map((run) => ({
    name: run.label,
    ...lookOf(run.group),
    width: runs.filter(({ group }) => group === run.group).length > 1 ? 1.7 : 2.5,
    points: points(run),
  }))

const legendOf = (lines: readonly ChartLine[]) =>
  lines.map(({ name, stroke, dash }) => ({ name, stroke, ...(dash ? { dash } : {}) }))

/** Says under a chart, and in its file, whose metrics are unusable. */
const unusableNotes = (runs: readonly Pick<DrawnRun, 'name' | 'report'>[]): string[] => {
  const unusable = runs.filter(({ report }) => !report.usable.ok)
  if (unusable.length === 0) return []
  const reasons = [...new Set(unusable.flatMap(({ report }) => report.usable.reasons.map(({ code }) => code)))]
  const whose = runs.length === 1 ? '' : ` of ${unusable.map(({ name }) => name).join(', ')}`
  return [`Unusable (${reasons.join(', ')}): don’t use the metrics${whose}.`]
}

const idsOf = (runs: readonly DrawnRun[]) => runs.map(({ report }) => report.run)
const inMs = (value: number) => (value >= 1000 ? `${value / 1000} s` : `${value} ms`)
/** What is written where a logarithm stands. */
const inMsOfLog = (value: number) => inMs(Number((10 ** value).toPrecision(3)))

const logAxis = (values: readonly number[]): ChartAxis => {
  const powers = decades(values).map((power) => Math.log10(power))
  return { domain: [powers[0] ?? 0, powers.at(-1) ?? 1], ticks: powers, format: inMsOfLog }
}
const fromZero = (values: readonly number[], format: (value: number) => string): ChartAxis => {
  const most = Math.max(...values, 0)
  const ticks = steps(0, most > 0 ? most * 1.05 : 1, 6)
  return { domain: [0, most > 0 ? most * 1.05 : 1], ticks, format }
}

/** Latency over percentiles, on a scale of nines: where a run has its tail. */
export function PercentileChart({ runs, described }: Props) {
  const [scale, setScale] = useState<'log' | 'linear'>('log')
  const curves = linesOf(runs, ({ report }) => percentileCurve(report))
  const values = curves.flatMap(({ points }) => points.map(({ y }) => y)).filter((value) => value > 0)
  if (values.length === 0) return null
  const last = Math.max(...curves.flatMap(({ points }) => points.map(({ x }) => x)), 1)
  const log = scale === 'log'
  const lines = log
    ? curves.map((line) => ({
        ...line,
        points: line.points.filter(({ y }) => y > 0).map(({ x, y }) => ({ x, y: Math.log10(y) })),
      }))
    : curves
  const x = {
    domain: [0, last] as const,
    ticks: Array.from({ length: Math.floor(last + 1e-9) + 1 }, (_, nines) => nines),
    format: (nines: number) => `${percentileAt(nines)} %`,
  }
  return (
    <ChartFigure
      title="Latency by percentile"
      legend={legendOf(lines)}
      notes={[
        'Across a scale of nines: each step is a tenth of the requests of the one before. It ends at the slowest.',
        ...unusableNotes(runs),
      ]}
      file={fileName(idsOf(runs), '-percentiles')}
      described={described}
      height={HEIGHT}
      controls={
        <div className="text-[13px] [&_.segment]:h-[28px] [&_.segment]:px-2.5">
          <Segments
            name="Scale of the latency"
            hideName
            value={scale}
            onChange={(id) => setScale(id === 'linear' ? 'linear' : 'log')}
            choices={[
              { id: 'log', label: 'log', title: 'Each line of the grid is ten times the one below' },
              { id: 'linear', label: 'linear', title: 'From 0, in even steps' },
            ]}
          />
        </div>
      }
    >
      <Lines lines={lines} x={x} y={log ? logAxis(values) : fromZero(values, inMs)} height={HEIGHT} />
    </ChartFigure>
  )
}

/** How the round trips are spread: the outlines of the bars over each other. */
export function DistributionChart({ runs, described }: Props) {
  const lines = linesOf(runs, ({ report }) => distributionSteps(report))
  const points = lines.flatMap((line) => line.points)
  if (points.length === 0) return null
  const times = logAxis(points.map(({ x }) => 10 ** x))
  return (
    <ChartFigure
      title="How long the round trips took"
      legend={legendOf(lines)}
      notes={[
        'Logarithmic: each step to the right is a factor. Height is the share of the requests, in bins of 12 a decade.',
        ...unusableNotes(runs),
      ]}
      file={fileName(idsOf(runs), '-distribution')}
      described={described}
      height={HEIGHT}
    >
      <Lines
        steps
        lines={lines}
        x={times}
        y={fromZero(
          points.map(({ y }) => y),
          (value) => `${value} %`,
        )}
        height={HEIGHT}
      />
    </ChartFigure>
  )
}

const BARS = [
  { id: 'throughput', title: 'Throughput', of: ({ report }: DrawnRun) => report.throughput, write: perSecond },
  { id: 'hit-rate', title: 'Hit rate', of: ({ report }: DrawnRun) => report.hitRate, write: percent },
  { id: 'origin-calls', title: 'Origin calls', of: ({ report }: DrawnRun) => report.originCalls, write: count },
] as const

/** Throughput, hit rate and origin calls, a bar a run. */
export function BarCharts({ runs, described }: Props) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 lg:grid-cols-3">
      {BARS.map(({ id, title, of, write }) => (
        <ChartFigure
          key={id}
          title={title}
          legend={[]}
          notes={unusableNotes(runs)}
          file={fileName(idsOf(runs), `-${id}`)}
          described={described}
          height={runs.length * 34 + 8}
        >
          <Bars
            bars={runs.map((run) => ({
              name: run.name,
              value: of(run),
              words: write(of(run)),
              fill: lookOf(run.group).stroke,
            }))}
          />
        </ChartFigure>
      ))}
    </div>
  )
}

const LATENCIES = [
  { key: 'p50', stroke: 'var(--ink)', width: 2.5 },
  { key: 'p95', stroke: 'var(--ink-2)', width: 1.8 },
  { key: 'p99', stroke: 'var(--ink-2)', width: 1.8, dash: '2 4' },
] as const

/** Latency and throughput of each second of a run, and the stale reads of one with writes, from its snapshots. */
export function TimeCharts({
  report,
  points,
  described,
}: {
  report: Report
  points: readonly Snapshot[]
  described: string
}) {
  const measured = points.filter(({ window }) => window.requests > 0)
  if (measured.length < 2) return null
  const { run } = report
  const unusable = unusableNotes([{ name: '', report }])
  const seconds = measured.map(({ atMs }) => atMs / 1000)
  const x = {
    domain: [Math.min(...seconds), Math.max(...seconds)] as const,
    ticks: steps(Math.min(...seconds), Math.max(...seconds)),
    format: (value: number) => `${Number(value.toFixed(2))} s`,
  }
  const latencies = LATENCIES.map(({ key, ...look }) => ({
    name: key,
    ...look,
    points: measured
      .filter(({ window }) => window.latencyMs[key] > 0)
      .map(({ atMs, window }) => ({ x: atMs / 1000, y: Math.log10(window.latencyMs[key]) })),
  }))
  const throughput: ChartLine = {
    name: 'throughput',
    stroke: 'var(--ink)',
    points: measured.map(({ atMs, window }) => ({ x: atMs / 1000, y: window.throughput })),
  }
  const stale: ChartLine = {
    name: 'stale reads',
    stroke: 'var(--stale)',
    points: measured.flatMap(({ atMs, window: { staleRate } }) =>
      staleRate === null ? [] : [{ x: atMs / 1000, y: staleRate * 100 }],
    ),
  }
  const times = latencies.flatMap((line) => line.points.map(({ y }) => 10 ** y))
  return (
    <>
      <ChartFigure
        title="Latency over the run"
        legend={legendOf(latencies)}
        notes={[
          `Of the last second at each moment. The highest p99 was ${ms(Math.max(...times))}. Logarithmic.`,
          ...unusable,
        ]}
        file={fileName([run], '-latency-over-time')}
        described={described}
        height={HEIGHT}
      >
        <Lines lines={latencies} x={x} y={logAxis(times)} height={HEIGHT} />
      </ChartFigure>
      <ChartFigure
        title="Throughput over the run"
        legend={legendOf([throughput])}
        notes={['Requests per second in the last second at each moment.', ...unusable]}
        file={fileName([run], '-throughput-over-time')}
        described={described}
        height={HEIGHT}
      >
        <Lines
          lines={[throughput]}
          x={x}
          y={fromZero(
            throughput.points.map(({ y }) => y),
            (value) => (value >= 1000 ? `${value / 1000}k /s` : `${value} /s`),
          )}
          height={HEIGHT}
        />
      </ChartFigure>
      {stale.points.length > 1 && (
        <ChartFigure
          title="Freshness over the run"
          legend={legendOf([stale])}
          notes={[
            'The part of the reads of the last second that were given an older version than had been written and answered before they were sent.',
            ...unusable,
          ]}
          file={fileName([run], '-stale-over-time')}
          described={described}
          height={HEIGHT}
        >
          <Lines
            lines={[stale]}
            x={x}
            y={fromZero(
              stale.points.map(({ y }) => y),
              (value) => `${Number(value.toFixed(2))} %`,
            )}
            height={HEIGHT}
          />
        </ChartFigure>
      )}
    </>
  )
}
