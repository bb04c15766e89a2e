'use client'

import { useId } from 'react'
import { count, ms, percent } from '@/app/format'
import { Scroller } from '@/app/parts/scroller'
import type { Report } from '@/lib/runs/report'
import { type Bin, type LogAxis, logAxis, type Spread, spreadInWords } from './spread'
import { steps } from './ticks'

/** Pixels of the drawing: a row for each mark's words, the bars, the axis. Across, it is as wide as its place. */
const ROW = 19
const MARKS = [
  { id: 'mean', name: 'mean', dash: undefined },
  { id: 'p50', name: 'p50', dash: '6 3' },
  { id: 'p95', name: 'p95', dash: '3 3' },
  { id: 'p99', name: 'p99', dash: '1 3' },
] as const
const TOP = ROW * MARKS.length + 6
const BARS = 170
const FOOT = 26
const TEXT = { fontFamily: 'var(--font-mono)', fontSize: 12 }

interface DistributionProps {
  report: { distribution: Report['distribution']; latencyMs: Spread }
  title?: string
  /** What is spread, in the plural. */
  what?: string
  className?: string
}

/** How the round trips of a run are spread: bars over a logarithmic axis, with what the report's figures say of them. */
export default function Distribution({
  report,
  title = 'How long the round trips took',
  what = 'round trips',
  className = 'band min-w-0',
}: DistributionProps) {
  const captionId = useId()
  const bins = report.distribution
  // A run of an older build has none.
  if (!bins || bins.length === 0) return null
  const axis = logAxis(bins)
  const all = bins.reduce((sum, bin) => sum + bin.count, 0)
  const most = Math.max(...bins.map((bin) => bin.count / all))
  const bottom = TOP + BARS

  return (
    <figure className={className} aria-labelledby={captionId}>
      <figcaption id={captionId}>
        <h4 className="font-semibold">{title}</h4>
        <p className="mt-1 max-w-[70ch] text-sm text-ink-2">{spreadInWords(bins, report.latencyMs, what)}</p>
      </figcaption>
      <div className="mt-4 px-6">
        <svg width="100%" height={bottom + FOOT} className="block overflow-visible" aria-hidden="true">
          {steps(0, most, 4).map((share) => (
            <Line key={share} y={bottom - (share / most) * BARS} label={share > 0 ? percent(share) : undefined} />
          ))}
          {bins.map((bin) => (
            <Bar key={bin.fromMs} bin={bin} axis={axis} bottom={bottom} height={(bin.count / all / most) * BARS} />
          ))}
          {MARKS.map(({ id, name, dash }, row) => (
            <Mark
              key={id}
              at={axis.at(report.latencyMs[id])}
              words={`${name} ${ms(report.latencyMs[id])}`}
              dash={dash}
              y={ROW * row}
              bottom={bottom}
            />
          ))}
          {axis.ticks.map((tick) => (
            <text
              key={tick}
              x={`${axis.at(tick) * 100}%`}
              y={bottom + 18}
              textAnchor="middle"
              fill="var(--ink-2)"
              {...TEXT}
            >
              {tick >= 1000 ? `${tick / 1000} s` : `${tick} ms`}
            </text>
          ))}
        </svg>
      </div>
      <p className="text-[12.5px] text-ink-2">
        Logarithmic: each step to the right is a factor. Height is the share of the requests.
      </p>
      <details className="mt-2">
        <summary className="w-fit py-1 text-sm text-blue underline underline-offset-3">The bars in figures</summary>
        <Scroller name="Bars" className="mt-2 max-h-72 max-w-md overflow-auto">
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">Took</th>
                <th scope="col">requests</th>
                <th scope="col">share</th>
              </tr>
            </thead>
            <tbody>
              {bins.map((bin) => (
                <tr key={bin.fromMs}>
                  <th scope="row" className="num">
                    {`${ms(bin.fromMs)} to ${ms(bin.toMs)}`}
                  </th>
                  <td>{count(bin.count)}</td>
                  <td>{percent(bin.count / all)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      </details>
    </figure>
  )
}

/** A line of the grid, its share written above it. */
function Line({ y, label }: { y: number; label?: string }) {
  return (
    <>
      <line x1="0" x2="100%" y1={y} y2={y} stroke={label ? 'var(--line)' : 'var(--ink)'} />
      {label && (
        <text x="100%" y={y - 4} textAnchor="end" fill="var(--ink-2)" {...TEXT}>
          {label}
        </text>
      )}
    </>
  )
}

/** One bin. What holds a single request is still to be seen. */
function Bar({ bin, axis, bottom, height }: { bin: Bin; axis: LogAxis; bottom: number; height: number }) {
  if (bin.count === 0) return null
  const [from, to] = [axis.at(bin.fromMs), axis.at(bin.toMs)]
  const drawn = Math.max(height, 2)
  return (
    <rect
      x={`${from * 100}%`}
      width={`${(to - from) * 100}%`}
      y={bottom - drawn}
      height={drawn}
      fill="var(--ink-2)"
      fillOpacity={0.55}
      stroke="var(--panel)"
    />
  )
}

/** One of the report's figures, in a row of its own, so that no two lie over each other. */
function Mark({ at, words, dash, y, bottom }: { at: number; words: string; dash?: string; y: number; bottom: number }) {
  const left = at > 0.7
  return (
    <g>
      <line
        x1={`${at * 100}%`}
        x2={`${at * 100}%`}
        y1={y + 2}
        y2={bottom}
        stroke="var(--ink)"
        strokeWidth={dash ? 1.5 : 2.5}
        strokeDasharray={dash}
      />
      <text
        x={`${at * 100}%`}
        dx={left ? -7 : 7}
        y={y + 13}
        textAnchor={left ? 'end' : 'start'}
        fill="var(--ink)"
        fontWeight={dash ? 500 : 700}
        {...TEXT}
      >
        {words}
      </text>
    </g>
  )
}
