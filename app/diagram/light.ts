import { ms } from '@/app/format'
import type { LogGroup } from '@/app/panels/log-groups'
import { isOutcome } from '@/app/parts/outcome'
import type { Outcome } from '@/lib/reading'
import { LAYERS, type LayerId, layerOf, passedBy } from './definition'

/** How a request went its way, as the server's log tells. */
export interface Light {
  request: number
  key: string
  outcome: Outcome
  /** Milliseconds of the whole handler. */
  durMs?: number
  /** Where the answer came from. */
  from: LayerId
  /** The layers that the request came to. */
  reached: readonly LayerId[]
  /** The tiers in which the answer was stored on its way back. */
  stored: readonly LayerId[]
  /** What each layer that it came to did, in a word or two. */
  notes: Partial<Record<LayerId, string>>
}

/** Outcomes that a tier of the server's answers by itself. */
const BY_TIER: readonly Outcome[] = ['hit', 'stale', 'coalesced']

/** Read from the log's rows of one request which layers it came to; undefined while its outcome is not there. */
export function lightOf({ request, key, outcome: last, steps }: LogGroup, tiers: readonly string[]): Light | undefined {
  if (!last || !isOutcome(last.kind)) return undefined
  const outcome = last.kind
  const way = passedBy(tiers)
  const did = (id: LayerId, kind: string) => steps.find((step) => step.tier === id && step.kind === kind)

  // What a browser's own cache answers has no row at all, so a row never came from there.
  const answering = way.find(
    (id) => (id === 'memory' || id === 'redis') && !did(id, 'expiry') && !did(id, 'store') && !did(id, 'error'),
  )
  const from = BY_TIER.includes(outcome) ? (answering ?? 'origin') : 'origin'
  const reached = way.slice(0, way.indexOf(from) + 1)

  const noteOf = (id: LayerId): string => {
    if (id === 'page') return layerOf(id).about
    if (id === 'client') return outcome === 'revalidated' ? 'had a copy: 304' : 'had none'
    if (id === 'origin') {
      const call = steps.find((step) => step.kind === 'origin')
      return outcome === 'error' ? 'failed' : call?.durMs === undefined ? 'asked' : ms(call.durMs)
    }
    const error = did(id, 'error')
    if (error) return error.detail === 'unavailable' ? 'away' : 'not readable'
    if (id === from) return outcome
    const had = did(id, 'expiry') ? 'past date' : 'had none'
    return did(id, 'store') ? `${had}, stored` : did(id, 'refusal') ? `${had}, refused` : had
  }
  return {
    request,
    key,
    outcome,
    durMs: last.durMs,
    from,
    reached,
    stored: reached.filter((id) => did(id, 'store')),
    notes: Object.fromEntries(reached.map((id) => [id, noteOf(id)])),
  }
}

/** The diagram in words: the way, then how the last request went it. */
export function wayInWords(tiers: readonly string[], light: Light | undefined): string {
  const names = (ids: readonly LayerId[]) => ids.map((id) => layerOf(id).name).join(', then ')
  const caches = passedBy(tiers).slice(1, -1)
  const way =
    caches.length === 0
      ? 'A request goes from this page straight to the origin.'
      : `A request goes from this page to ${names(caches)}. The first that has a fresh entry answers: a hit. Where none has, it goes on to the origin: a miss, and the answer is stored on its way back.`
  const unused = LAYERS.filter(({ id }) => !passedBy(tiers).includes(id))
    .map((layer) => ('elsewhere' in layer ? `${layer.name} (${layer.elsewhere})` : layer.name))
    .join(', ')
  const passed = unused === '' ? '' : ` Not on this way: ${unused}.`
  if (!light) return `${way}${passed} No request yet.`
  const stops = light.reached.slice(1).map((id) => `${layerOf(id).name} (${light.notes[id]})`)
  return `${way}${passed} The last request, for ${light.key}, was a ${light.outcome}. It went to ${stops.join(', then ')}; the answer came from ${layerOf(light.from).name}.`
}
