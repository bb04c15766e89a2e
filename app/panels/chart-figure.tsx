import type { ReactElement, ReactNode } from 'react'
import { ResponsiveContainer } from 'recharts'

const TICK = { fill: 'var(--ink-2)', fontSize: 12, fontFamily: 'var(--font-mono)' }
/** What all axes have in common. */
export const AXIS = { tick: TICK, tickLine: false, axisLine: { stroke: 'var(--ink)' } }
export const MARGIN = { top: 12, right: 16, bottom: 0, left: 0 }
/** All charts give their axis the same room, so that a TTL stands at the same place in those below each other. */
export const LEFT = 66

/** A chart with its title and legend. `described` is the table that says the same, for those who do not see it. */
export function ChartFigure({
  title,
  legend,
  described,
  height,
  children,
}: {
  title: string
  legend: ReactNode
  described: string
  /** In pixels. */
  height: number
  children: ReactElement
}) {
  return (
    <figure className="min-w-0" aria-describedby={described}>
      <figcaption>
        <h4 className="font-semibold">{title}</h4>
        <p className="num mt-1 flex flex-wrap gap-x-4 text-[13px]">{legend}</p>
      </figcaption>
      <div className="mt-2" aria-hidden>
        <ResponsiveContainer width="100%" height={height}>
          {children}
        </ResponsiveContainer>
      </div>
    </figure>
  )
}

/** What a point stands for. */
export function DotKey({ color, hollow, children }: { color: string; hollow?: boolean; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="12" height="12" aria-hidden="true">
        <circle cx="6" cy="6" r="4.5" fill={hollow ? 'none' : color} stroke={color} strokeWidth="2" />
      </svg>
      {children}
    </span>
  )
}

/** What a line stands for. */
export function LineKey({ color = 'var(--ink-2)', children }: { color?: string; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="20" height="8" aria-hidden="true">
        <path d="M0 4h20" stroke={color} strokeWidth="2" strokeDasharray="6 4" />
      </svg>
      <span>{children}</span>
    </span>
  )
}

/** The dots of measured points. */
export const dot = (color: string, hollow = false) => ({
  r: 5,
  fill: hollow ? 'var(--panel)' : color,
  stroke: color,
  strokeWidth: 2,
  strokeDasharray: 'none',
})

export const inMs = (value: number): string => (value >= 1000 ? `${value / 1000} s` : `${value} ms`)
export const inSeconds = (value: number): string => `${value} s`
export const inPercent = (value: number): string => `${value} %`
