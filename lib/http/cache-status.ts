import { NEVER, type Reading, type Step } from '../reading'

/**
 * `Cache-Status` (RFC 9211) of a reading: a member for each tier that was consulted, the one nearest the origin first.
 * `ttl` is what is left at `now` (epoch ms), in whole seconds, negative for a stale answer, and left out for an entry
 * without a date.
 */
export function cacheStatus(reading: Reading, strategy: string, now: number): string {
  const tiers = [...new Set(reading.steps.map((step) => step.tier).filter((tier) => tier !== 'origin'))]
  if (tiers.length === 0) return `${strategy}; fwd=bypass`
  return tiers
    .reverse()
    .map((tier) =>
      member(
        tier,
        reading.steps.filter((step) => step.tier === tier),
        reading,
        now,
      ),
    )
    .join(', ')
}

function member(tier: string, steps: Step[], reading: Reading, now: number): string {
  const did = (result: Step['result']) => steps.some((step) => step.result === result)
  const expiresAt = reading.entry?.expiresAt ?? NEVER
  const left = expiresAt === NEVER ? undefined : (expiresAt - now) / 1000
  // What was stored a moment ago still has its whole TTL; what is past it, by however little, is below 0.
  const ttl = left === undefined ? '' : `; ttl=${left < 0 ? Math.floor(left) : Math.round(left)}`
  if (did('hit')) return `${tier}; hit${ttl}`

  const told = (['unavailable', 'unparsable', 'refused'] as const).find(did)
  const detail = told ? `; detail=${told}` : ''
  const why = did('revalidated')
    ? 'fwd=stale; fwd-status=304'
    : did('expired') || did('changed')
      ? 'fwd=stale'
      : 'fwd=miss'
  const collapsed = reading.outcome === 'coalesced' ? '; collapsed' : ''
  return `${tier}; ${why}${collapsed}${did('stored') ? `; stored${ttl}` : ''}${detail}`
}

/**
 * `Server-Timing` of a reading: a metric a tier and one for the origin, milliseconds. Time that was added on purpose
 * is a metric of its own, `added`, and not part of `origin`. `handler` is the whole, and comes last.
 */
export function serverTiming(steps: Step[], handlerMs: number): string {
  const metrics = new Map<string, { durMs: number; desc?: string }>()
  const add = (name: string, durMs: number, desc?: string) => {
    const metric = metrics.get(name) ?? { durMs: 0 }
    metrics.set(name, { durMs: metric.durMs + durMs, desc: desc ?? metric.desc })
  }
  for (const { tier, durMs, addedMs = 0, queries } of steps) {
    add(tier, durMs - addedMs, queries === undefined ? undefined : queries === 1 ? '1 query' : `${queries} queries`)
    if (addedMs > 0) add('added', addedMs, 'added on purpose')
  }
  add('handler', handlerMs)
  return [...metrics]
    .map(([name, { durMs, desc }]) => `${name};dur=${Number(durMs.toFixed(3))}${desc ? `;desc="${desc}"` : ''}`)
    .join(', ')
}
