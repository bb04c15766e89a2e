'use client'

import { CartesianGrid, Line, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts'
import type { Drawn } from '@/app/experiment/experiment-context'
import { AXIS, ChartFigure, DotKey, dot, inMs, inPercent, inSeconds, LEFT, LineKey, MARGIN } from './chart-figure'
import type { SweepRow } from './sweep'
import { steps } from './ticks'
import { curveTtls, theoryHitRate, theoryMeanAgeMs } from './ttl-theory'

/** A point of a chart: what theory says at a TTL, and what was measured there, where it was. */
interface ChartRow {
  ttl: number
  theory?: number
  hitRate?: number
  meanTheory?: number
  mean?: number
  oldest?: number
}

/** Hit rate and age over TTL, with the curves of theory under them. `described` is the table that says the same. */
export default function SweepCharts({
  rows,
  rate,
  longest,
  described,
  drawn,
}: {
  rows: readonly SweepRow[]
  /** Requests per second. */
  rate: number
  /** The longest TTL of the sweep, in seconds: the charts do not grow while it runs. */
  longest: number
  described: string
  drawn?: Drawn
}) {
  const measured: ChartRow[] = rows.map(({ ttl, hitRate, ageMs }) => ({
    ttl,
    hitRate: hitRate * 100,
    mean: ageMs?.mean,
    oldest: ageMs?.max,
  }))
  const curve: ChartRow[] = curveTtls(longest).map((ttl) => ({
    ttl,
    theory: theoryHitRate(rate, ttl) * 100,
    meanTheory: theoryMeanAgeMs(rate, ttl),
  }))
  const data = [...curve, ...measured].sort((a, b) => a.ttl - b.ttl)
  const oldestMs = Math.max(longest * 1000, ...rows.map(({ ageMs }) => ageMs?.max ?? 0))
  const said = drawn?.figure === 'hitRate' ? drawn : undefined
  const byTtl = (
    <XAxis
      {...AXIS}
      dataKey="ttl"
      type="number"
      domain={[0, longest]}
      ticks={steps(0, longest)}
      tickFormatter={inSeconds}
    />
  )
  const upwards = { ...AXIS, axisLine: false, width: LEFT }

  return (
    <div className="grid min-w-0 content-start gap-8">
      <ChartFigure
        title="Hit rate by TTL"
        described={described}
        height={260}
        legend={
          <>
            <DotKey color="var(--hit)">measured</DotKey>
            <LineKey>theory, λT / (1 + λT)</LineKey>
            {said && <LineKey color="var(--blue)">{`you said ${said.words}`}</LineKey>}
          </>
        }
      >
        <LineChart data={data} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          {byTtl}
          <YAxis {...upwards} domain={[0, 100]} ticks={[0, 25, 50, 75, 100]} tickFormatter={inPercent} />
          {said && <ReferenceLine y={said.value} stroke="var(--blue)" strokeWidth={2} strokeDasharray="2 4" />}
          {theory('theory')}
          {points('hitRate', 'var(--hit)')}
        </LineChart>
      </ChartFigure>
      <ChartFigure
        title="Age of the answers by TTL"
        described={described}
        height={190}
        legend={
          <>
            <DotKey color="var(--ink)">mean</DotKey>
            <DotKey color="var(--ink)" hollow>
              oldest
            </DotKey>
            <LineKey>theory of the mean</LineKey>
          </>
        }
      >
        <LineChart data={data} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          {byTtl}
          <YAxis {...upwards} domain={[0, oldestMs]} ticks={steps(0, oldestMs, 5)} tickFormatter={inMs} />
          {theory('meanTheory')}
          {points('mean', 'var(--ink)')}
          {points('oldest', 'var(--ink)', true)}
        </LineChart>
      </ChartFigure>
    </div>
  )
}

const theory = (key: keyof ChartRow) => (
  <Line
    dataKey={key}
    stroke="var(--ink-2)"
    strokeWidth={1.8}
    strokeDasharray="6 4"
    dot={false}
    activeDot={false}
    isAnimationActive={false}
    connectNulls
  />
)

const points = (key: keyof ChartRow, color: string, hollow = false) => (
  <Line dataKey={key} stroke="none" dot={dot(color, hollow)} activeDot={false} isAnimationActive={false} />
)
