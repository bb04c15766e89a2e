'use client'

import { Bar, BarChart, CartesianGrid, LabelList, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { Point } from './curves'

const TICK = { fill: 'var(--ink-2)', fontSize: 12, fontFamily: 'var(--font-mono)' }
const AXIS = { tick: TICK, tickLine: false, axisLine: { stroke: 'var(--ink)' } }
const MARGIN = { top: 10, right: 22, bottom: 0, left: 0 }
const LEFT = 66

/** A line of a chart, and how it is told apart. */
export interface ChartLine {
  name: string
  stroke: string
  dash?: string
  width?: number
  points: readonly Point[]
}

/** An axis: from where to where, what is written on it, and how. Values are as the points have them. */
export interface ChartAxis {
  domain: readonly [number, number]
  ticks: readonly number[]
  format: (value: number) => string
}

/** Lines over a numeric axis. */
export default function Lines({
  lines,
  x,
  y,
  height,
  steps,
}: {
  lines: readonly ChartLine[]
  x: ChartAxis
  y: ChartAxis
  height: number
  /** Each value holds until the next: the outline of bars. */
  steps?: boolean
}) {
  // A row a point: lines of their own corners need not share any.
  const rows = lines.flatMap(({ points }, line) => points.map((point) => ({ x: point.x, [`line${line}`]: point.y })))
  return (
    <ResponsiveContainer width="100%" height={height}>
      <LineChart data={rows} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          {...AXIS}
          dataKey="x"
          type="number"
          domain={[...x.domain]}
          ticks={[...x.ticks]}
          tickFormatter={x.format}
          allowDataOverflow
        />
        <YAxis
          {...AXIS}
          axisLine={false}
          type="number"
          domain={[...y.domain]}
          ticks={[...y.ticks]}
          tickFormatter={y.format}
          width={LEFT}
        />
        {lines.map(({ name, stroke, dash, width = 2.5 }, line) => (
          <Line
            key={name}
            dataKey={`line${line}`}
            type={steps ? 'stepAfter' : 'linear'}
            stroke={stroke}
            strokeWidth={width}
            strokeDasharray={dash}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
            connectNulls
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  )
}

/** Pixels of one bar with its gap. */
const BAR = 34

/** A bar a run, its value written at its end. */
export function Bars({ bars }: { bars: readonly { name: string; value: number; words: string; fill: string }[] }) {
  const rows = bars.map(({ name, value, words, fill }) => ({ name, value, words, fill }))
  return (
    <ResponsiveContainer width="100%" height={bars.length * BAR + 8}>
      <BarChart
        data={rows}
        layout="vertical"
        margin={{ top: 0, right: 96, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis type="number" hide domain={[0, 'dataMax']} />
        <YAxis {...AXIS} type="category" dataKey="name" width={40} interval={0} />
        <Bar dataKey="value" isAnimationActive={false} barSize={16} minPointSize={2}>
          <LabelList dataKey="words" position="right" fill="var(--ink)" fontSize={13} fontFamily="var(--font-mono)" />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  )
}
