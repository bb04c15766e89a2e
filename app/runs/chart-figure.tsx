'use client'

import { createContext, type ReactNode, Suspense, useContext, useEffect, useId, useRef, useState } from 'react'
import { saveFile } from '@/app/parts/save-file'
import { type Frame, pngOf, svgOf } from './drawing'
import type { HtmlChart } from './html-report'

/** The charts of a page, by their place in it, for the report that holds them all. */
type Shelf = Map<string, () => HtmlChart | undefined>
const ShelfContext = createContext<Shelf | undefined>(undefined)

/** Lets its charts be collected into a report. */
export function ChartShelf({ children }: { children: (collect: () => HtmlChart[]) => ReactNode }) {
  const [shelf] = useState<Shelf>(() => new Map())
  const collect = () => [...shelf.values()].flatMap((chart) => chart() ?? [])
  return <ShelfContext value={shelf}>{children(collect)}</ShelfContext>
}

/** A chart under its title and its legend, to be saved as SVG and as PNG. */
export function ChartFigure({
  file,
  described,
  controls,
  children,
  height,
  ...frame
}: Frame & {
  /** The name of its files, without their ending. */
  file: string
  /** The id of the table that says the same in figures. */
  described: string
  controls?: ReactNode
  children: ReactNode
  /** Kept free until it is drawn, in pixels. */
  height: number
}) {
  const id = useId()
  const shelf = useContext(ShelfContext)
  const drawn = useRef<HTMLDivElement>(null)
  const [fault, setFault] = useState<string>()
  const { title, legend, notes } = frame
  const svg = () => (drawn.current ? svgOf(drawn.current, frame) : undefined)
  const current = useRef(svg)
  useEffect(() => {
    current.current = svg
  })
  useEffect(() => {
    shelf?.set(id, () => {
      const text = current.current()
      return text === undefined ? undefined : { title, svg: text }
    })
    return () => void shelf?.delete(id)
  }, [shelf, id, title])

  const save = async (kind: 'svg' | 'png') => {
    const text = svg()
    if (text === undefined) return
    const blob = kind === 'png' ? await pngOf(text) : new Blob([text], { type: 'image/svg+xml' })
    saveFile(`${file}.${kind}`, blob)
  }
  const press = (kind: 'svg' | 'png') => {
    setFault(undefined)
    save(kind).catch((error: unknown) => setFault(`It could not be saved: ${String(error)}`))
  }
  return (
    <figure className="min-w-0" aria-describedby={described} aria-labelledby={id}>
      <figcaption>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <h3 id={id} className="text-lg">
            {title}
          </h3>
          <div className="no-print flex flex-wrap gap-2">
            {controls}
            <SaveButton kind="SVG" of={title} onPress={() => press('svg')} />
            <SaveButton kind="PNG" of={title} onPress={() => press('png')} />
          </div>
        </div>
        {legend.length > 0 && (
          <ul className="num mt-1 flex flex-wrap gap-x-5 gap-y-1 text-[13px]">
            {legend.map(({ name, stroke, dash }) => (
              <li key={name} className="inline-flex items-center gap-1.5">
                <svg width="22" height="8" aria-hidden="true" className="shrink-0">
                  <path d="M0 4h22" stroke={stroke} strokeWidth="2.5" strokeDasharray={dash} />
                </svg>
                <span>{name}</span>
              </li>
            ))}
          </ul>
        )}
      </figcaption>
      <div ref={drawn} className="mt-2" style={{ minHeight: height }} aria-hidden data-testid="drawn">
        <Suspense fallback={<p className="text-ink-2">Drawing…</p>}>{children}</Suspense>
      </div>
      {notes?.map((note) => (
        <p key={note} className="text-[12.5px] text-ink-2">
          {note}
        </p>
      ))}
      {fault && (
        <p role="alert" className="mt-1 text-sm text-error">
          {fault}
        </p>
      )}
    </figure>
  )
}

function SaveButton({ kind, of, onPress }: { kind: string; of: string; onPress: () => void }) {
  return (
    <button
      type="button"
      className="button-quiet min-h-[30px]! px-2.5! text-[13px]!"
      aria-label={`Save as ${kind}: ${of}`}
      onClick={onPress}
    >
      {kind}
    </button>
  )
}
