import { ms } from '@/app/format'
import { OUTCOME_COLOR, OutcomeMark } from '@/app/parts/outcome'
import type { Outcome } from '@/lib/reading'
import type { Stop } from './way-stops'

/**
 * One request's way as a picture: each place that it came to with the time it took, as a number and as its part of the
 * round trip. What was not consulted is faint. The leg to where the answer came from wears the outcome.
 */
export function WayPicture({
  stops,
  outcome,
  said,
  process,
}: {
  stops: readonly Stop[]
  /** Absent where nothing was sent yet. */
  outcome?: Outcome
  /** The same in words. */
  said: string
  /** Marks the process that answered. */
  process?: React.ReactNode
}) {
  const end = outcome ? stops.findLastIndex(({ came }) => came !== 'not') : -1
  const whole = stops[0]?.durMs ?? 0
  return (
    <figure data-testid="way">
      <figcaption className="sr-only">{said}</figcaption>
      <div className="flex flex-col items-stretch sm:flex-row sm:items-center" aria-hidden>
        {stops.map((stop, i) => {
          const on = stop.came !== 'not'
          return (
            <div
              key={stop.id}
              data-stop={stop.id}
              data-came={stop.came}
              className={`flex min-w-0 flex-col sm:flex-row sm:items-center ${i === 0 ? '' : 'sm:flex-1'} ${on ? '' : 'hidden sm:flex'}`}
            >
              {i > 0 && <Leg lit={i <= end} outcome={i === end ? outcome : undefined} />}
              <div
                className={`min-w-0 px-2.5 py-1.5 ${on ? 'border-2 bg-panel' : 'border border-dashed border-line text-ink-2'} ${outcome && on ? 'border-ink' : on ? 'border-line' : ''}`}
              >
                <p className={`flex items-center gap-1.5 leading-tight ${on ? 'font-semibold' : ''}`}>
                  <span>{stop.name}</span>
                  {stop.id === 'process' && on && <span>{process}</span>}
                </p>
                <p className="num text-xs leading-snug text-ink-2">{stop.note}</p>
                {on && stop.durMs !== undefined && (
                  <>
                    <p className="num text-xs leading-snug font-semibold">{ms(stop.durMs)}</p>
                    <div className="mt-1 h-[5px] border-b border-line">
                      <div
                        className="h-full min-w-[2px] bg-ink"
                        style={{ width: `${whole > 0 ? Math.min((stop.durMs / whole) * 100, 100) : 0}%` }}
                      />
                    </div>
                  </>
                )}
              </div>
            </div>
          )
        })}
      </div>
    </figure>
  )
}

function Leg({ lit, outcome }: { lit: boolean; outcome?: Outcome }) {
  const color = outcome ? OUTCOME_COLOR[outcome] : lit ? 'var(--ink)' : 'var(--line)'
  const line = `2px ${lit ? 'solid' : 'dashed'} ${color}`
  return (
    <div className="relative ml-6 h-6 w-px self-start sm:ml-0 sm:h-px sm:w-auto sm:min-w-5 sm:flex-1 sm:self-center">
      <div
        className="absolute inset-0 sm:inset-x-0 sm:-top-px sm:bottom-auto"
        style={{ borderTop: line, borderLeft: line }}
      />
      {outcome && (
        <span className="absolute top-1/2 left-1/2 grid -translate-x-1/2 -translate-y-1/2 bg-panel p-[3px]">
          <OutcomeMark outcome={outcome} size={13} />
        </span>
      )}
    </div>
  )
}
