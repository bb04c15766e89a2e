/** One metric of a `Server-Timing` header (W3C Server Timing, 4). `durMs` is 0 where none was sent. */
export interface Metric {
  name: string
  durMs: number
  desc?: string
}

/** Read a `Server-Timing` header. What is malformed is passed over; a name may come more than once. */
export function parseServerTiming(header: string | null): Metric[] {
  return splitOutsideQuotes(header ?? '', ',').flatMap((part) => {
    const [name = '', ...params] = splitOutsideQuotes(part, ';')
    if (name === '' || part.startsWith(';')) return []
    const metric: Metric = { name, durMs: 0 }
    for (const param of params) {
      const at = param.indexOf('=')
      const key = param.slice(0, at === -1 ? undefined : at).trim()
      const value = at === -1 ? '' : unquoted(param.slice(at + 1).trim())
      if (key === 'dur' && Number.isFinite(Number(value))) metric.durMs = Number(value)
      if (key === 'desc') metric.desc = value
    }
    return [metric]
  })
}

/** Cut at `mark` where it is not inside a quoted string; parts are trimmed and never empty. */
export function splitOutsideQuotes(text: string, mark: string): string[] {
  const parts: string[] = []
  let part = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (quoted && char === '\\') part += char + (text[++i] ?? '')
    else if (char === mark && !quoted) {
      parts.push(part)
      part = ''
    } else {
      if (char === '"') quoted = !quoted
      part += char
    }
  }
  return [...parts, part].map((each) => each.trim()).filter((each) => each !== '')
}

const unquoted = (text: string) => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text)

/** A stretch of one request's time, for the waterfall. */
export interface Stretch {
  name: string
  /** What it is, for people. */
  about: string
  kind: 'tier' | 'origin' | 'added' | 'rest' | 'network'
  /** Milliseconds since the request was sent. */
  startMs: number
  durMs: number
}

const ABOUT: Record<string, { kind: Stretch['kind']; about: string }> = {
  origin: { kind: 'origin', about: 'the origin at work' },
  added: { kind: 'added', about: 'added on purpose' },
}

/**
 * Where a request's time went. The handler's own steps stand in the order in which the header tells them; what it
 * spent besides is `rest`, and what the round trip took beyond the handler is the network and the framework.
 */
export function waterfall(metrics: Metric[], roundTripMs: number): Stretch[] {
  const handler = metrics.find(({ name }) => name === 'handler')?.durMs
  const steps = metrics.filter(({ name }) => name !== 'handler')
  const known = steps.reduce((sum, { durMs }) => sum + durMs, 0)
  const inside = handler ?? known
  const networkMs = Math.max(roundTripMs - inside, 0)

  let at = networkMs / 2
  const stretches = steps.map(({ name, durMs, desc }): Stretch => {
    const { kind, about } = ABOUT[name] ?? { kind: 'tier' as const, about: `looking in ${name}, and storing` }
    const startMs = at
    at += durMs
    return { name, kind, about: name === 'added' ? about : desc ? `${about}: ${desc}` : about, startMs, durMs }
  })
  const rest = Math.max(inside - known, 0)
  return [
    ...stretches,
    ...(handler === undefined
      ? []
      : [{ name: 'handler', kind: 'rest' as const, about: 'the rest of the handler', startMs: at, durMs: rest }]),
    { name: 'network', kind: 'network', about: 'on the way, and in the framework', startMs: 0, durMs: networkMs },
  ]
}
