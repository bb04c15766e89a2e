'use client'

import { useState } from 'react'
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { Drawn } from '@/app/experiment/experiment-context'
import { ms, percent, perSecond } from '@/app/format'
import { Segments } from '@/app/parts/controls'
import { useThrottled } from '@/app/parts/use-throttled'
import type { Snapshot } from '@/lib/runs/report'
import { decades, steps } from './ticks'

const HEIGHT = 216
/** Drawing costs time that the server under load, on the same machine, would rather have. */
const EVERY_MS = 250
const TICK = { fill: 'var(--ink-2)', fontSize: 12, fontFamily: 'var(--font-mono)' }
const AXIS = { tick: TICK, tickLine: false, axisLine: { stroke: 'var(--ink)' } }
const MARGIN = { top: 10, right: 12, bottom: 0, left: 0 }
/** Both charts give their axes the same room, so that a moment stands at the same place in both. */
const LEFT = 66
const RIGHT = 50

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

/**
 * The two live charts of a run, with what the reader predicted drawn over them. `described` is the id of the table that
 * says the same in figures.
 */
export default function Charts({
  points: live,
  described,
  drawn,
}: {
  points: readonly Snapshot[]
  described: string
  drawn?: Drawn
}) {
  const points = useThrottled(live, EVERY_MS)
  const [side, setSide] = useState<'latencyMs' | 'handlerMs'>('latencyMs')
  const rows = points.map(({ atMs, window }) => {
    const { p50, p95, p99 } = window[side]
    // A logarithmic axis has no place for 0: nothing was measured in that second.
    const shown = (value: number) => (value > 0 ? value : undefined)
    const { throughput, hitRate } = window
    return { t: atMs / 1000, p50: shown(p50), p95: shown(p95), p99: shown(p99), throughput, hitRate: hitRate * 100 }
  })
  const last = points.at(-1)?.window
  const latency = last?.[side]
  const predicted = (figure: Drawn['figure']) => (drawn?.figure === figure ? drawn : undefined)
  // What is predicted is the round trip.
  const inTime = side === 'latencyMs' ? (predicted('p50') ?? predicted('p95') ?? predicted('p99')) : undefined
  const inThroughput = predicted('throughput')
  const inShare = predicted('hitRate')
  const fastest = Math.max(...rows.map(({ throughput }) => throughput))
  const powers = decades([
    ...rows.flatMap(({ p50, p99 }) => [p50 ?? [], p99 ?? []].flat()),
    ...(inTime && inTime.value > 0 ? [inTime.value] : []),
  ])
  const times = steps(rows[0]?.t ?? 0, rows.at(-1)?.t ?? 1)
  const time = {
    ...AXIS,
    dataKey: 't',
    type: 'number' as const,
    domain: ['dataMin', 'dataMax'] as const,
    ticks: times,
    tickFormatter: inSeconds,
  }

  return (
    <div className="grid min-w-0 content-start gap-8">
      <figure className="min-w-0" aria-describedby={described}>
        <figcaption>
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <h4 className="font-semibold">Latency in the last second</h4>
            <div className="text-[13.5px] [&_.segment]:h-[30px] [&_.segment]:px-2.5">
              <Segments
                name="Measured"
                hideName
                value={side}
                onChange={(id) => setSide(id === 'handlerMs' ? 'handlerMs' : 'latencyMs')}
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
          </div>
          <p className="num mt-1 flex flex-wrap gap-x-4 text-[13px]">
            <Key series={LATENCY.p50} value={latency && ms(latency.p50)} />
            <Key series={LATENCY.p95} value={latency && ms(latency.p95)} />
            <Key series={LATENCY.p99} value={latency && ms(latency.p99)} />
          </p>
        </figcaption>
        <div className="mt-2" aria-hidden>
          <ResponsiveContainer width="100%" height={HEIGHT}>
            <LineChart data={rows} margin={{ ...MARGIN, right: RIGHT + MARGIN.right }} accessibilityLayer={false}>
              <CartesianGrid stroke="var(--line)" vertical={false} />
              <XAxis {...time} />
              <YAxis
                {...AXIS}
                axisLine={false}
                scale="log"
                domain={[powers[0] ?? 1, powers.at(-1) ?? 10]}
                ticks={powers}
                width={LEFT}
                tickFormatter={inMs}
              />
              {Object.values(LATENCY).map(line)}
              {inTime && inTime.value > 0 && prediction({ drawn: inTime, top: powers.at(-1) })}
            </LineChart>
          </ResponsiveContainer>
        </div>
        <p className="text-[12.5px] text-ink-2">Logarithmic: each line of the grid is ten times the one below.</p>
      </figure>
      <figure className="min-w-0" aria-describedby={described}>
        <figcaption>
          <h4 className="font-semibold">Throughput and hit rate in the last second</h4>
          <p className="num mt-1 flex flex-wrap gap-x-4 text-[13px]">
            <Key series={THROUGHPUT} value={last && perSecond(last.throughput)} />
            <Key series={HIT_RATE} value={last && percent(last.hitRate)} />
          </p>
        </figcaption>
        <div className="mt-2" aria-hidden>
          <ResponsiveContainer width="100%" height={HEIGHT}>
            <LineChart data={rows} margin={MARGIN} accessibilityLayer={false}>
              <CartesianGrid stroke="var(--line)" vertical={false} yAxisId="hitRate" />
              <XAxis {...time} />
              <YAxis
                {...AXIS}
                axisLine={false}
                yAxisId="throughput"
                domain={[0, 'auto']}
                width={LEFT}
                tickFormatter={inRate}
              />
              <YAxis
                {...AXIS}
                axisLine={false}
                yAxisId="hitRate"
                orientation="right"
                domain={[0, 100]}
                ticks={[0, 25, 50, 75, 100]}
                width={RIGHT}
                tickFormatter={inPercent}
              />
              {line({ ...THROUGHPUT, axis: 'throughput' })}
              {line({ ...HIT_RATE, axis: 'hitRate' })}
              {inThroughput && prediction({ drawn: inThroughput, axis: 'throughput', top: fastest })}
              {inShare && prediction({ drawn: inShare, axis: 'hitRate', top: 100 })}
            </LineChart>
          </ResponsiveContainer>
        </div>
      </figure>
    </div>
  )
}

const line = ({ key, stroke, dash, width, axis }: Series & { axis?: string }) => (
  <Line
    key={key}
    dataKey={key}
    yAxisId={axis}
    type="linear"
    stroke={stroke}
    strokeWidth={width}
    strokeDasharray={dash}
    dot={false}
    activeDot={false}
    isAnimationActive={false}
    connectNulls
  />
)

/** What the reader said, as a dashed line. Its words stand above it, but under it where there is no room above. */
function prediction({ drawn: { value, words }, axis, top }: { drawn: Drawn; axis?: string; top?: number }) {
  return (
    <ReferenceLine
      y={value}
      yAxisId={axis}
      ifOverflow="extendDomain"
      stroke="var(--blue)"
      strokeWidth={2}
      strokeDasharray="6 4"
      label={{
        value: `your ${words}`,
        position: value > (top ?? value) * 0.85 ? 'insideTopLeft' : 'insideBottomLeft',
        fill: 'var(--blue)',
        fontSize: 13,
        fontFamily: 'var(--font-mono)',
      }}
    />
  )
}

function Key({ series: { name, stroke, dash, width }, value }: { series: Series; value?: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="20" height="8" aria-hidden="true">
        <path d="M0 4h20" stroke={stroke} strokeWidth={width} strokeDasharray={dash} />
      </svg>
      {name} <b className="font-semibold">{value}</b>
    </span>
  )
}

const inSeconds = (value: number) => `${Number(value.toFixed(2))} s`
const inMs = (value: number) => (value >= 1000 ? `${value / 1000} s` : `${value} ms`)
const inRate = (value: number) => (value >= 1000 ? `${value / 1000}k /s` : `${value} /s`)
const inPercent = (value: number) => `${value} %`
