'use client'

import { memo, useMemo, useState } from 'react'
import type { Drawn } from '@/app/experiment/experiment-context'
import { ms, percent, perSecond } from '@/app/format'
import { Segments } from '@/app/parts/controls'
import type { Snapshot } from '@/lib/runs/report'
import { LivePlot, type Plot } from './live-plot'
import { decades, steps, upTo } from './ticks'

/** Both charts give their axes the same room, so that a moment stands at the same place in both. */
const LEFT = 66
const RIGHT = 50
const MARGIN = 12

interface Series {
  key: string
  name: string
  stroke: string
  dash?: string
  width: number
}

const LATENCY = {
  p50: { key: 'p50', name: 'p50', stroke: 'var(--ink)', width: 2.5 },
  p95: { key: 'p95', name: 'p95', stroke: 'var(--ink-2)', width: 1.8 },
  p99: { key: 'p99', name: 'p99', stroke: 'var(--ink-2)', width: 1.8, dash: '2 4' },
} as const satisfies Record<string, Series>
const THROUGHPUT: Series = { key: 'throughput', name: 'throughput', stroke: 'var(--ink)', width: 2.5 }
const HIT_RATE: Series = { key: 'hitRate', name: 'hit rate', stroke: 'var(--hit)', width: 2.5 }
const STALE: Series = { key: 'stale', name: 'stale reads', stroke: 'var(--stale)', width: 2.5, dash: '6 3' }

type Side = 'latencyMs' | 'handlerMs'

/**
 * The two live charts of a run, with what the reader predicted drawn over them. `described` is the id of the table that
 * says the same in figures.
 */
export default function Charts({
  points,
  described,
  drawn,
}: {
  points: readonly Snapshot[]
  described: string
  drawn?: Drawn
}) {
  const [side, setSide] = useState<Side>('latencyMs')
  const last = points.at(-1)?.window
  const latency = last?.[side]
  const latencyPlot = useMemo(() => plotLatency(points, side, drawn), [points, side, drawn])
  const mixed = isMixed(points)
  const ratePlot = useMemo(() => plotRates(points, drawn), [points, drawn])

  return (
    <div className="grid min-w-0 content-start gap-8">
      <figure className="min-w-0" aria-describedby={described}>
        <figcaption>
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <h4 className="font-semibold">Latency in the last second</h4>
            <SideChoice side={side} onSide={setSide} />
          </div>
          <p className="num mt-1 flex flex-wrap gap-x-4 text-[13px]">
            <Key series={LATENCY.p50} value={latency ? ms(latency.p50) : undefined} />
            <Key series={LATENCY.p95} value={latency ? ms(latency.p95) : undefined} />
            <Key series={LATENCY.p99} value={latency ? ms(latency.p99) : undefined} />
          </p>
        </figcaption>
        <div className="mt-2" aria-hidden>
          <LivePlot plot={latencyPlot} />
        </div>
        <p className="text-[12.5px] text-ink-2">Logarithmic: each line of the grid is ten times the one below.</p>
      </figure>
      <figure className="min-w-0" aria-describedby={described}>
        <figcaption>
          <h4 className="font-semibold">
            {mixed
              ? 'Throughput, hit rate and freshness in the last second'
              : 'Throughput and hit rate in the last second'}
          </h4>
          <p className="num mt-1 flex flex-wrap gap-x-4 text-[13px]">
            <Key series={THROUGHPUT} value={last && perSecond(last.throughput)} />
            <Key series={HIT_RATE} value={last && percent(last.hitRate)} />
            {mixed && <Key series={STALE} value={last && percent(last.staleRate ?? 0)} />}
          </p>
        </figcaption>
        <div className="mt-2" aria-hidden>
          <LivePlot plot={ratePlot} />
        </div>
      </figure>
    </div>
  )
}

function plotLatency(points: readonly Snapshot[], side: Side, drawn: Drawn | undefined): Plot {
  // A logarithmic axis has no place for 0: nothing was measured in that second.
  const positive = (value: number) => (value > 0 ? value : undefined)
  const lines = Object.values(LATENCY).map((series) => ({
    ...lineOf(series, 'ms'),
    values: points.map(({ window }) => positive(window[side]?.[series.key] ?? 0)),
  }))
  const foretold = [drawn].find(
    // What is predicted is the round trip.
    (said) => said && side === 'latencyMs' && said.figure in LATENCY && said.value > 0,
  )
  const shown = lines.flatMap(({ values }) => values.filter((value) => value !== undefined))
  return {
    ...timeOf(points),
    scales: {
      ms: {
        ticks: decades([...shown, ...(foretold ? [foretold.value] : [])]),
        write: inMs,
        size: LEFT,
        logarithmic: true,
        grid: true,
      },
    },
    lines,
    predicted: { ms: foretold },
    right: RIGHT + MARGIN,
  }
}

/** Whether the run has writes, so that its reads may be stale. */
const isMixed = (points: readonly Snapshot[]) => points.some(({ window }) => window.staleRate !== null)

function plotRates(points: readonly Snapshot[], drawn: Drawn | undefined): Plot {
  const throughput = points.map(({ window }) => window.throughput)
  return {
    ...timeOf(points),
    scales: {
      throughput: { ticks: upTo(Math.max(0, ...throughput)), write: inRate, size: LEFT },
      hitRate: { ticks: [0, 25, 50, 75, 100], write: inPercent, size: RIGHT + MARGIN, side: 'right', grid: true },
    },
    lines: [
      { ...lineOf(THROUGHPUT, 'throughput'), values: throughput },
      { ...lineOf(HIT_RATE, 'hitRate'), values: points.map(({ window }) => window.hitRate * 100) },
      ...(isMixed(points)
        ? [{ ...lineOf(STALE, 'hitRate'), values: points.map(({ window }) => (window.staleRate ?? 0) * 100) }]
        : []),
    ],
    predicted: {
      throughput: drawn?.figure === 'throughput' ? drawn : undefined,
      hitRate: drawn?.figure === 'hitRate' ? drawn : undefined,
    },
    right: 0,
  }
}

function timeOf(points: readonly Snapshot[]): Pick<Plot, 'times' | 'ticks' | 'writeTime'> {
  const times = points.map(({ atMs }) => atMs / 1000)
  return { times, ticks: steps(times[0] ?? 0, times.at(-1) ?? 1), writeTime: inSeconds }
}

const lineOf = ({ stroke, width, dash }: Series, scale: string) => ({ scale, stroke, width, dash })

/** Rendered when it changes, and not with every snapshot. */
const SideChoice = memo(function SideChoice({ side, onSide }: { side: Side; onSide: (side: Side) => void }) {
  return (
    <div className="text-[13.5px] [&_.segment]:h-[30px] [&_.segment]:px-2.5">
      <Segments
        name="Measured"
        hideName
        value={side}
        onChange={(id) => onSide(id === 'handlerMs' ? 'handlerMs' : 'latencyMs')}
        choices={[
          {
            id: 'latencyMs',
            label: 'round trip',
            title: 'From sending to the last byte, as the client saw it',
          },
          { id: 'handlerMs', label: 'handler', title: 'Inside the code that answers' },
        ]}
      />
    </div>
  )
})

function Key({ series: { name, stroke, dash, width }, value }: { series: Series; value?: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="20" height="8" aria-hidden="true">
        <path d="M0 4h20" stroke={stroke} strokeWidth={width} strokeDasharray={dash} />
      </svg>
      <span>{name}</span> <b className="font-semibold">{value}</b>
    </span>
  )
}

const inSeconds = (value: number) => `${Number(value.toFixed(2))} s`
const inMs = (value: number) => (value >= 1000 ? `${value / 1000} s` : `${value} ms`)
const inRate = (value: number) => (value >= 1000 ? `${value / 1000}k /s` : `${value} /s`)
const inPercent = (value: number) => `${value} %`
