import { ms } from '@/app/format'
import type { Sent } from './send'
import { WayPicture } from './way-picture'
import { type Stop, stopsAhead, stopsInWords, stopsOf, type Told } from './way-stops'

const PAGE = 'this page'

/** The way of the requests, from this page to the origin, with what the last one met on it. */
export function Way({
  tiers,
  sent,
  brief,
}: {
  tiers: readonly string[]
  sent?: Sent
  /** Without what the strategy does not use, and without the process. */
  brief?: boolean
}) {
  const all = sent ? stopsOf(toldOf(sent, tiers)) : stopsAhead(tiers, PAGE)
  const used = (stop: Stop) => stop.came !== 'not' || stop.id === 'origin' || tiers.includes(stop.id)
  const stops = brief ? all.filter((stop) => used(stop) && stop.id !== 'process') : all
  const said = sent
    ? `The last request: ${stopsInWords(stops, sent.outcome, ms)}`
    : `The way: ${stops
        .filter(({ came }) => came !== 'not')
        .map(({ name }) => name)
        .join(', ')}.`
  return (
    <div className="band">
      <WayPicture stops={stops} outcome={sent?.outcome} said={said} />
    </div>
  )
}

/** What a page can tell of a request that it sent. */
function toldOf({ outcome, status, roundTripMs, by, headers }: Sent, tiers: readonly string[]): Told {
  const browser: Told['browser'] = by === 'browser' ? 'hit' : by === 'browser-revalidated' ? 'revalidated' : 'miss'
  return {
    asker: PAGE,
    outcome,
    answered: status > 0,
    roundTripMs,
    ...(tiers.includes('client') && { browser }),
    header: (name: string) => headers.find(([key]) => key === name)?.[1],
  }
}
