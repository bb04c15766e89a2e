'use client'

import { useId, useMemo } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { useExperiment } from '@/app/experiment/experiment-context'
import { ms } from '@/app/format'
import { useCalmLabState } from '@/app/lab/lab-provider'
import type { LabState } from '@/app/lab/state'
import { groupRows } from '@/app/panels/log-groups'
import { strategyOf } from '@/app/panels/setup'
import { OUTCOME_COLOR, OutcomeMark, OutcomeWord } from '@/app/parts/outcome'
import { layerOf, TIERS } from './definition'
import { type Box, type Drawing, drawTall, drawWide, type Leg } from './geometry'
import { type Light, lightOf, wayInWords } from './light'

/** The diagram follows the log this often: a load run makes more requests than anybody could see. */
const EVERY_MS = 250

const logOf = ({ log }: LabState) => log

/**
 * The layers between a reader and the origin, drawn from one definition and lit by the last request that the lab's log
 * tells of. With a strategy it is of that one; without, all tiers are drawn until a request says which it used.
 */
export function Layers({ strategy, caption }: { strategy?: string; caption?: string }) {
  const catalog = useCatalog()
  const experiment = useExperiment()
  const log = useCalmLabState(logOf, EVERY_MS)
  const last = useMemo(
    () =>
      groupRows(log.rows).findLast(
        (group) => group.outcome !== undefined && (strategy === undefined || group.strategy === strategy),
      ),
    [log, strategy],
  )
  const shown = strategy ?? last?.strategy
  const tiers = shown === undefined ? TIERS.map(({ id }) => id) : strategyOf(catalog, shown).tiers
  const light = last && lightOf(last, tiers)

  return (
    <figure className={`band min-w-0 ${experiment ? '' : 'my-10 border-2 border-ink bg-panel'}`} data-testid="layers">
      <div className="@container" aria-hidden>
        <Picture drawing={drawWide(tiers)} light={light} className="hidden @min-[860px]:block" />
        <Picture drawing={drawTall(tiers)} light={light} className="mx-auto max-w-[420px] @min-[860px]:hidden" />
      </div>
      <figcaption className="mt-3 text-sm">
        {caption && <p>{caption}</p>}
        <p className="sr-only">{wayInWords(tiers, light)}</p>
        <p className="num flex min-h-6 flex-wrap items-baseline gap-x-3 text-[13px]" aria-hidden>
          {light ? (
            <>
              <span className="text-ink-2">last request</span> <span>{light.key}</span>{' '}
              <OutcomeWord outcome={light.outcome} />
              <span>{`from ${layerOf(light.from).name}`}</span>
              {light.durMs !== undefined && <span className="text-ink-2">{`${ms(light.durMs)} in the handler`}</span>}
            </>
          ) : (
            <span className="text-ink-2">No request yet. The way of the next one lights up.</span>
          )}
        </p>
      </figcaption>
    </figure>
  )
}

function Picture({ drawing, light, className }: { drawing: Drawing; light?: Light; className: string }) {
  const arrow = useId()
  const { width, height, boxes, requests, answers, stores } = drawing
  const color = light ? OUTCOME_COLOR[light.outcome] : 'var(--ink-2)'
  const went = ({ id }: Leg) => light !== undefined && light.from !== id && light.reached.includes(id)
  const came = ({ id }: Leg) => light?.from === id
  const stored = ({ id }: Leg) => light?.stored.includes(id) ?? false
  const legs = [
    ...requests.map((leg) => ({ leg, lit: went(leg), stroke: 'var(--ink)' })),
    // The lane belongs to all answers: it is drawn with the one that comes from farthest, the others only lead to it.
    ...answers.map((leg, i) => ({ leg, lit: came(leg), stroke: color, joins: !came(leg) && i < answers.length - 1 })),
    ...stores.map((leg) => ({ leg, lit: stored(leg), stroke: color })),
  ].map((drawn) => ({ joins: false, ...drawn }))
  // What is lit is drawn last: the answers share a lane.
  const ordered = [...legs.filter(({ lit }) => !lit), ...legs.filter(({ lit }) => lit)]
  const answer = answers.find(came)
  const mark = answer && light && markAt(answer)

  return (
    <svg viewBox={`0 -4 ${width} ${height}`} className={`w-full ${className}`} aria-hidden="true">
      <defs>
        {/* `context-stroke` is not everywhere yet: a head for each colour. */}
        {(['quiet', 'ink', 'outcome'] as const).map((kind) => (
          <marker
            key={kind}
            id={`${arrow}${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" fill={{ quiet: 'var(--ink-2)', ink: 'var(--ink)', outcome: color }[kind]} />
          </marker>
        ))}
      </defs>
      {ordered.map(({ leg, lit, stroke, joins }) => (
        <path
          key={`${leg.label} ${leg.id}`}
          d={`M${(joins ? leg.points.slice(0, 2) : leg.points).map((point) => point.join(' ')).join('L')}`}
          fill="none"
          stroke={lit ? stroke : 'var(--ink-2)'}
          strokeWidth={lit ? 2.5 : 1}
          strokeDasharray={lit ? undefined : '3 4'}
          markerEnd={joins ? undefined : `url(#${arrow}${lit ? (stroke === color ? 'outcome' : 'ink') : 'quiet'})`}
        />
      ))}
      {ordered.map(({ leg, lit, stroke }) => (
        <text
          key={`${leg.label} ${leg.id}`}
          x={leg.labelAt[0]}
          y={leg.labelAt[1]}
          textAnchor="middle"
          className="num text-[12px]"
          fill={lit ? stroke : 'var(--ink-2)'}
          fontWeight={lit ? 600 : 400}
        >
          {leg.label}
        </text>
      ))}
      {boxes.map((box) => (
        <Place key={box.id} box={box} light={light} />
      ))}
      {mark && light && (
        <g transform={`translate(${mark[0] - 11} ${mark[1] - 11})`}>
          <rect width="22" height="22" fill="var(--panel)" />
          <g transform="translate(3 3)">
            <OutcomeMark outcome={light.outcome} size={16} />
          </g>
        </g>
      )}
    </svg>
  )
}

/** The middle of the lane on an answer's way. */
function markAt({ points: [, from, to] }: Leg): readonly [x: number, y: number] | undefined {
  return from && to && [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
}

function Place({ box: { id, x, y, width, height, passed }, light }: { box: Box; light?: Light }) {
  const { name, about, elsewhere } = layerOf(id)
  const reached = light?.reached.includes(id) ?? false
  const note = elsewhere ?? (!passed ? 'not used' : light ? (light.notes[id] ?? 'not reached') : about)
  return (
    <g>
      <rect
        x={x + 1}
        y={y}
        width={width - 2}
        height={height}
        fill={passed ? 'var(--panel)' : 'none'}
        stroke={reached ? 'var(--ink)' : 'var(--ink-2)'}
        strokeOpacity={passed ? 1 : 0.6}
        strokeWidth={reached ? 2.5 : passed ? 1.5 : 1}
        strokeDasharray={passed ? undefined : '4 4'}
      />
      <text x={x + 12} y={y + 24} className="text-[15px] font-semibold" fill={passed ? 'var(--ink)' : 'var(--ink-2)'}>
        {name}
      </text>
      <text x={x + 12} y={y + 43} className="num text-[11px]" fill="var(--ink-2)">
        {note}
      </text>
    </g>
  )
}
