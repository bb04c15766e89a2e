'use client'

import { CartesianGrid, Label, LabelList, Line, LineChart, XAxis, YAxis } from 'recharts'
import { AXIS, ChartFigure, DotKey, dot, inMs, inPercent, LEFT, LineKey, MARGIN } from './chart-figure'
import type { StaleRow } from './sweep'
import { upTo } from './ticks'

/** Room for the axis that is named, and for the label of a point that lies at the edge. */
const ROOM = { ...MARGIN, top: 24, right: 48, bottom: 20 }
const NAME = { fill: 'var(--ink-2)', fontSize: 12.5 }

/**
 * The frontier: how long readers wait against how many of their answers are outdated, a point a TTL. No TTL gives
 * less of both than another one. `described` is the table that says the same.
 */
export default function SweepFrontier({ rows, described }: { rows: readonly StaleRow[]; described: string }) {
  const data = rows.map(({ ttl, latencyMs, stale }) => ({
    name: `${ttl} s`,
    stale: stale.rate * 100,
    mean: latencyMs.mean,
  }))
  const ticks = upTo(Math.max(1, ...data.map(({ mean }) => mean)))

  return (
    <ChartFigure
      title="Latency against staleness"
      described={described}
      height={340}
      legend={
        <>
          <DotKey color="var(--ink)">a run, named by its TTL</DotKey>
          <LineKey>in the order of TTLs</LineKey>
        </>
      }
    >
      <LineChart data={data} margin={ROOM} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          {...AXIS}
          dataKey="stale"
          type="number"
          domain={[0, 100]}
          ticks={[0, 20, 40, 60, 80, 100]}
          tickFormatter={inPercent}
        >
          <Label {...NAME} value="stale reads" position="bottom" offset={2} />
        </XAxis>
        <YAxis {...AXIS} width={LEFT} domain={[0, ticks.at(-1) ?? 1]} ticks={ticks} tickFormatter={inMs}>
          <Label {...NAME} value="mean round trip" angle={-90} position="insideLeft" className="[text-anchor:middle]" />
        </YAxis>
        <Line
          dataKey="mean"
          stroke="var(--ink-2)"
          strokeWidth={1.8}
          strokeDasharray="6 4"
          dot={dot('var(--ink)')}
          activeDot={false}
          isAnimationActive={false}
        >
          <LabelList
            dataKey="name"
            position="right"
            offset={8}
            dy={-9}
            fill="var(--ink)"
            fontSize={13}
            fontFamily="var(--font-mono)"
          />
        </Line>
      </LineChart>
    </ChartFigure>
  )
}
