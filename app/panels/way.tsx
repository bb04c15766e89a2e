import { layerOf, TIERS } from '@/app/diagram/definition'
import { ms } from '@/app/format'
import { OUTCOME_COLOR, OutcomeMark } from '@/app/parts/outcome'
import type { Sent } from './send'

interface Stop {
  id: string
  name: string
  note: string
  /** The strategy uses it. */
  used: boolean
  /** The last request came here. */
  reached: boolean
}

/** The way of the requests, from this page to the origin, lit as far as the last one came. */
export function Way({
  tiers,
  sent,
  brief,
}: {
  tiers: readonly string[]
  sent?: Sent
  /** Without the tiers that the strategy does not use. */
  brief?: boolean
}) {
  const stops = stopsOf(tiers, sent).filter(({ used }) => used || !brief)
  // The leg to where the answer came from wears the outcome.
  const end = stops.findLastIndex(({ reached }) => reached)
  const said = sent
    ? `The last request came from this page ${
        stops
          .filter(({ reached, id }) => reached && id !== 'page')
          .map(({ name, note }) => `to ${name} (${note})`)
          .join(', ') || 'and went nowhere'
      }.`
    : `The way: ${stops
        .filter(({ used }) => used)
        .map(({ name }) => name)
        .join(', ')}.`
  return (
    <figure className="band">
      <figcaption className="sr-only">{said}</figcaption>
      <div className="flex flex-col items-stretch sm:flex-row sm:items-center" aria-hidden>
        {stops.map((stop, i) => (
          <div
            key={stop.id}
            className={`flex flex-col sm:flex-row sm:items-center ${i === 0 ? '' : 'sm:flex-1'} ${stop.used ? '' : 'hidden sm:flex'}`}
          >
            {i > 0 && <Leg lit={i <= end} outcome={i === end ? sent?.outcome : undefined} />}
            <div
              className={`px-3 py-2 sm:min-w-[112px] ${stop.used ? 'border-2 bg-panel' : 'border border-dashed border-line text-ink-2'} ${stop.reached ? 'border-ink' : stop.used ? 'border-line' : ''}`}
            >
              <p className="leading-tight font-semibold">{stop.name}</p>
              <p className="num text-xs text-ink-2">{stop.note}</p>
            </div>
          </div>
        ))}
      </div>
    </figure>
  )
}

function Leg({ lit, outcome }: { lit: boolean; outcome?: Sent['outcome'] }) {
  const color = outcome ? OUTCOME_COLOR[outcome] : lit ? 'var(--ink)' : 'var(--line)'
  return (
    <div className="relative ml-6 h-6 w-px self-start sm:ml-0 sm:h-px sm:w-auto sm:min-w-6 sm:flex-1 sm:self-center">
      <div
        className="absolute inset-0 sm:inset-x-0 sm:-top-px sm:bottom-auto"
        style={{
          borderTop: `2px ${lit ? 'solid' : 'dashed'} ${color}`,
          borderLeft: `2px ${lit ? 'solid' : 'dashed'} ${color}`,
        }}
      />
      {outcome && (
        <span className="absolute top-1/2 left-1/2 grid -translate-x-1/2 -translate-y-1/2 bg-panel p-[3px]">
          <OutcomeMark outcome={outcome} size={13} />
        </span>
      )}
    </div>
  )
}

function stopsOf(tiers: readonly string[], sent: Sent | undefined): Stop[] {
  const durOf = (name: string) =>
    sent?.stretches.filter((each) => each.name === name).reduce((sum, { durMs }) => sum + durMs, 0)
  const atOrigin = sent?.stretches.some(({ kind }) => kind === 'origin') ?? false
  const originMs = (durOf('origin') ?? 0) + (durOf('added') ?? 0)

  const between = TIERS.map(({ id, name }): Stop => {
    const used = tiers.includes(id)
    if (!used) return { id, name, note: 'not used', used, reached: false }
    if (!sent) return { id, name, note: 'ready', used, reached: false }
    if (id === 'client') {
      const note =
        sent.by === 'browser' ? 'answered' : sent.by === 'browser-revalidated' ? 'had a copy: 304' : 'had none'
      return { id, name, note, used, reached: sent.status > 0 }
    }
    const dur = sent.stretches.some((each) => each.name === id) ? durOf(id) : undefined
    return { id, name, note: dur === undefined ? 'not reached' : ms(dur), used, reached: dur !== undefined }
  })
  return [
    {
      id: 'page',
      name: layerOf('page').name,
      note: sent ? ms(sent.roundTripMs) : layerOf('page').about,
      used: true,
      reached: sent !== undefined,
    },
    ...between,
    {
      id: 'origin',
      name: layerOf('origin').name,
      note: sent ? (atOrigin ? ms(originMs) : 'not asked') : layerOf('origin').about,
      used: true,
      reached: atOrigin,
    },
  ]
}
