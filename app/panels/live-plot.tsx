'use client'

import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Drawn } from '@/app/experiment/experiment-context'

/**
 * Lines over time that move ten times a second, drawn by uPlot on a canvas. Recharts, which draws all other charts,
 * could not: in eight seconds of a run, on two cores that also carried the load, the page's script took 1.4 s for 27
 * updates with it, and 0.2 s for 59 with uPlot.
 */

const HEIGHT = 216
const TIME_AXIS = 26
const TEXT_PX = 12
const WORDS_PX = 13
const TOP = 10
/** Between a prediction's line and its words. */
const GAP_PX = 5

/** A vertical axis, and the scale of the lines that are drawn by it. */
export interface PlotScale {
  /** From the bottom to the top. */
  ticks: readonly number[]
  write: (value: number) => string
  /** Pixels that it takes. */
  size: number
  logarithmic?: boolean
  side?: 'left' | 'right'
  grid?: boolean
}

export interface PlotLine {
  scale: string
  /** By moment; none where nothing was measured. */
  values: readonly (number | undefined)[]
  stroke: string
  width: number
  dash?: string
}

export interface Plot {
  /** The moments, in seconds, and those that are written under them. */
  times: readonly number[]
  ticks: readonly number[]
  writeTime: (seconds: number) => string
  scales: Readonly<Record<string, PlotScale>>
  lines: readonly PlotLine[]
  /** What the reader said, by scale. */
  predicted: Readonly<Record<string, Drawn | undefined>>
  /** Pixels that are left free on the right. */
  right: number
}

/** Draws a plot. Scales and lines may change what they hold, but not how many they are and what they are called. */
export function LivePlot({ plot }: { plot: Plot }) {
  const host = useRef<HTMLDivElement>(null)
  const latest = useRef(plot)
  const drawn = useRef<uPlot>(undefined)
  latest.current = plot

  useEffect(() => {
    const element = host.current
    if (!element) return
    const { made, restyle } = make(element, () => latest.current)
    drawn.current = made
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }))
    resized.observe(element)
    const leave = onTheme(restyle)
    return () => {
      leave()
      resized.disconnect()
      made.destroy()
      drawn.current = undefined
    }
  }, [])
  useEffect(() => drawn.current?.setData(dataOf(plot)), [plot])

  return <div ref={host} className="num min-w-0" style={{ height: HEIGHT }} data-testid="live-plot" />
}

/** uPlot on this element, which asks for what it draws whenever it draws. */
function make(element: HTMLElement, get: () => Plot): { made: uPlot; restyle: () => void } {
  const first = get()
  let color = colorsOf(element)
  const family = getComputedStyle(element).fontFamily
  const font = `${TEXT_PX}px ${family}`
  const quiet = { stroke: () => color('var(--ink-2)'), font, ticks: { show: false } }

  const scales = Object.entries(first.scales).map(([id, { logarithmic }]): [string, uPlot.Scale] => [
    id,
    { distr: logarithmic ? 3 : 1, range: () => rangeOf(get(), id) },
  ])
  const axes = Object.entries(first.scales).map(
    ([id, { size, side, grid }]): uPlot.Axis => ({
      ...quiet,
      scale: id,
      side: side === 'right' ? 1 : 3,
      size,
      splits: () => [...(get().scales[id]?.ticks ?? [])],
      // A logarithmic scale would leave out what is no power of ten.
      filter: (_, splits) => splits,
      values: (_, splits) => splits.map((value) => get().scales[id]?.write(value) ?? ''),
      grid: { show: grid ?? false, stroke: () => color('var(--line)'), width: 1 },
    }),
  )
  const made = new uPlot(
    {
      width: element.clientWidth,
      height: HEIGHT,
      padding: [TOP, first.right, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: (_, min, max) => [min, Math.max(max, min + 0.1)] },
        ...Object.fromEntries(scales),
      },
      axes: [
        {
          ...quiet,
          size: TIME_AXIS,
          splits: () => [...get().ticks],
          values: (_, splits) => splits.map(get().writeTime),
          grid: { show: false },
          border: { show: true, stroke: () => color('var(--ink)'), width: 1 },
        },
        ...axes,
      ],
      series: [
        {},
        ...first.lines.map(
          ({ scale, stroke, width, dash }): uPlot.Series => ({
            scale,
            stroke: () => color(stroke),
            width,
            dash: dash?.split(' ').map(Number),
            spanGaps: true,
            points: { show: false },
          }),
        ),
      ],
      hooks: {
        draw: [
          (plot) => {
            drawPredictions(plot, get().predicted, color('var(--blue)'), family)
            // A canvas tells nobody what is on it: this is how far the lines go, in seconds.
            element.dataset.newest = String(plot.data[0].at(-1) ?? '')
          },
        ],
      },
    },
    dataOf(first),
    element,
  )
  return {
    made,
    restyle() {
      color = colorsOf(element)
      made.redraw(false)
    },
  }
}

const dataOf = ({ times, lines }: Plot): uPlot.AlignedData =>
  // uPlot reads null as a gap; it takes undefined for a moment of other lines.
  [[...times], ...lines.map(({ values }) => values.map((value) => value ?? null))]

/** From the first tick to the last, and as far as what the reader said. */
function rangeOf({ scales, predicted }: Plot, id: string): uPlot.Range.MinMax {
  const { ticks } = scales[id] ?? { ticks: [] }
  const said = predicted[id]?.value ?? ticks[0] ?? 0
  return [Math.min(ticks[0] ?? 0, said), Math.max(ticks.at(-1) ?? 1, said)]
}

/** What the reader said, as dashed lines. Their words stand above, but under the line where there is no room above. */
function drawPredictions(plot: uPlot, predicted: Plot['predicted'], color: string, family: string): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  for (const [scale, drawn] of Object.entries(predicted)) {
    if (!drawn) continue
    const y = Math.round(plot.valToPos(drawn.value, scale, true))
    ctx.save()
    ctx.strokeStyle = color
    ctx.fillStyle = color
    ctx.lineWidth = 2 * ratio
    ctx.setLineDash([6 * ratio, 4 * ratio])
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    const above = y - bbox.top > (WORDS_PX + GAP_PX) * ratio
    ctx.font = `${WORDS_PX * ratio}px ${family}`
    ctx.textAlign = 'left'
    ctx.textBaseline = above ? 'bottom' : 'top'
    ctx.fillText(`your ${drawn.words}`, bbox.left + GAP_PX * ratio, y + (above ? -GAP_PX : GAP_PX) * ratio)
    ctx.restore()
  }
}

/** Colours as a canvas takes them: it knows nothing of the page's variables. */
function colorsOf(element: HTMLElement): (css: string) => string {
  const known = new Map<string, string>()
  return (css) => {
    const found = known.get(css)
    if (found !== undefined) return found
    const probe = document.createElement('span')
    probe.style.color = css
    element.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    known.set(css, color)
    return color
  }
}

/** Calls when the page becomes light or dark. Gives the function that stops. */
function onTheme(changed: () => void): () => void {
  const chosen = new MutationObserver(changed)
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const query = matchMedia('(prefers-color-scheme: dark)')
  query.addEventListener('change', changed)
  return () => {
    chosen.disconnect()
    query.removeEventListener('change', changed)
  }
}
