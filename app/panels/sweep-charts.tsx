'use client'

import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { Drawn } from '@/app/experiment/experiment-context'
import type { SweepRow } from './sweep'
import { steps } from './ticks'
import { curveTtls, theoryHitRate, theoryMeanAgeMs } from './ttl-theory'

const HEIGHT = { hitRate: 260, age: 190 }
const TICK = { fill: 'var(--ink-2)', fontSize: 12, fontFamily: 'var(--font-mono)' }
const AXIS = { tick: TICK, tickLine: false, axisLine: { stroke: 'var(--ink)' } }
const MARGIN = { top: 12, right: 16, bottom: 0, left: 0 }
/** Both charts give their axis the same room, so that a TTL stands at the same place in both. */
const LEFT = 66

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
  const ttl = {
    ...AXIS,
    dataKey: 'ttl',
    type: 'number' as const,
    domain: [0, longest],
    ticks: steps(0, longest),
    tickFormatter: inSeconds,
  }

  return (
    <div className="grid min-w-0 content-start gap-8">
      <figure className="min-w-0" aria-describedby={described}>
        <figcaption>
          <h4 className="font-semibold">Hit rate by TTL</h4>
          <p className="num mt-1 flex flex-wrap gap-x-4 text-[13px]">
            <DotKey color="var(--hit)">measured</DotKey>
            <LineKey>theory, λT / (1 + λT)</LineKey>
            {said && <LineKey color="var(--blue)">you said {said.words}</LineKey>}
          </p>
        </figcaption>
        <div className="mt-2" aria-hidden>
          <ResponsiveContainer width="100%" height={HEIGHT.hitRate}>
            <LineChart data={data} margin={MARGIN} accessibilityLayer={false}>
              <CartesianGrid stroke="var(--line)" vertical={false} />
              <XAxis {...ttl} />
              <YAxis
                {...AXIS}
                axisLine={false}
                domain={[0, 100]}
                ticks={[0, 25, 50, 75, 100]}
                width={LEFT}
                tickFormatter={inPercent}
              />
              {said && <ReferenceLine y={said.value} stroke="var(--blue)" strokeWidth={2} strokeDasharray="2 4" />}
              {theory('theory')}
              {points('hitRate', 'var(--hit)')}
            </LineChart>
          </ResponsiveContainer>
        </div>
      </figure>
      <figure className="min-w-0" aria-describedby={described}>
        <figcaption>
          <h4 className="font-semibold">Age of the answers by TTL</h4>
          <p className="num mt-1 flex flex-wrap gap-x-4 text-[13px]">
            <DotKey color="var(--ink)">mean</DotKey>
            <DotKey color="var(--ink)" hollow>
              oldest
            </DotKey>
            <LineKey>theory of the mean</LineKey>
          </p>
        </figcaption>
        <div className="mt-2" aria-hidden>
          <ResponsiveContainer width="100%" height={HEIGHT.age}>
            <LineChart data={data} margin={MARGIN} accessibilityLayer={false}>
              <CartesianGrid stroke="var(--line)" vertical={false} />
              <XAxis {...ttl} />
              <YAxis
                {...AXIS}
                axisLine={false}
                domain={[0, oldestMs]}
                ticks={steps(0, oldestMs, 5)}
                width={LEFT}
                tickFormatter={inMs}
              />
              {theory('meanTheory')}
              {points('mean', 'var(--ink)')}
              {points('oldest', 'var(--ink)', true)}
            </LineChart>
          </ResponsiveContainer>
        </div>
      </figure>
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
  <Line
    dataKey={key}
    stroke="none"
    dot={{ r: 5, fill: hollow ? 'var(--panel)' : color, stroke: color, strokeWidth: 2, strokeDasharray: 'none' }}
    activeDot={false}
    isAnimationActive={false}
  />
)

function DotKey({ color, hollow, children }: { color: string; hollow?: boolean; children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="12" height="12" aria-hidden="true">
        <circle cx="6" cy="6" r="4.5" fill={hollow ? 'none' : color} stroke={color} strokeWidth="2" />
      </svg>
      {children}
    </span>
  )
}

function LineKey({ color = 'var(--ink-2)', children }: { color?: string; children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="20" height="8" aria-hidden="true">
        <path d="M0 4h20" stroke={color} strokeWidth="2" strokeDasharray="6 4" />
      </svg>
      <span>{children}</span>
    </span>
  )
}

const inMs = (value: number) => (value >= 1000 ? `${value / 1000} s` : `${value} ms`)
const inSeconds = (value: number) => `${value} s`
const inPercent = (value: number) => `${value} %`
