import { readCacheStatus } from '@/lib/http/cache-status'

/** A header of the answers: what it is for, and what one value of it says. */
interface HeaderNote {
  name: string
  about: string
  /** Where it is defined. */
  source: string
  says: (value: string) => string
  /** It tells of one exchange: replayed from a cache it is about an earlier one. */
  ofExchange?: true
}

/** The headers of the contract, the telling ones first. The panel and the reference are made from this list. */
export const HEADER_NOTES: readonly HeaderNote[] = [
  {
    name: 'Cache-Status',
    about:
      'What each cache did for this response, the one nearest the origin first. Strategies that cache in clients alone add nothing.',
    source: 'RFC 9211',
    ofExchange: true,
    says: sayCacheStatus,
  },
  {
    name: 'Server-Timing',
    about: 'Where the handler’s time went, a metric a tier and origin, in milliseconds.',
    source: 'W3C Server Timing',
    ofExchange: true,
    says: () => 'The bars above are drawn from this.',
  },
  {
    name: 'Cache-Control',
    about: 'What HTTP caches between server and reader may do with the answer, the browser’s own among them.',
    source: 'RFC 9111, 5.2',
    says: sayCacheControl,
  },
  {
    name: 'CDN-Cache-Control',
    about: 'The same for shared caches alone: one that knows it goes by it, and passes over Cache-Control.',
    source: 'RFC 9213',
    says: (value) => {
      const maxAge = secondsOf(value, 'max-age')
      return maxAge === undefined
        ? 'For shared caches alone.'
        : `A cache that many share may reuse this for ${maxAge} s without asking.`
    },
  },
  {
    name: 'Vary',
    about: 'The request headers that the answer depends on: a cache keeps one for each of their values.',
    source: 'RFC 9110, 12.5.5',
    says: sayVary,
  },
  {
    name: 'X-Version',
    about: 'The origin’s version of the value: it grows with each change. By it an answer is known to be stale.',
    source: 'this app',
    says: (value) => `Version ${value} of the value.`,
  },
  {
    name: 'Age',
    about: 'Whole seconds since the origin made or confirmed the answer.',
    source: 'RFC 9111, 5.1',
    says: (value) => `The answer was ${value} s old when it was sent.`,
  },
  {
    name: 'ETag',
    about: 'A name for exactly these bytes. A client can ask later whether it still holds.',
    source: 'RFC 9110, 8.8.3',
    says: () => 'Send it back as If-None-Match: when nothing has changed, the answer is a 304 without a body.',
  },
  {
    name: 'X-Worker',
    about: 'The process that answered. What is in memory is in this process alone.',
    source: 'this app',
    ofExchange: true,
    says: (value) => `Process ${value} answered.`,
  },
]

export const headerNote = (name: string): HeaderNote | undefined =>
  HEADER_NOTES.find((note) => note.name.toLowerCase() === name.toLowerCase())

function sayCacheStatus(value: string): string {
  const sentences = readCacheStatus(value).map(({ name, hit, ttl, fwd, fwdStatus, stored, collapsed, detail }) => {
    if (hit) {
      if (ttl === undefined) return `${name} answered. Its entry has no date.`
      return ttl < 0 ? `${name} answered, ${-ttl} s past its date.` : `${name} answered, with ${ttl} s left.`
    }
    if (detail === 'refused')
      return `${name} had none: the origin was asked. It refused the answer: a newer version was written meanwhile.`
    const until = ttl === undefined ? 'until it is evicted or written to' : `for ${ttl} s`
    const kept = stored ? ` It keeps the answer ${until}.` : ''
    if (detail === 'unavailable') return `${name} could not be reached.`
    if (detail === 'unparsable') return `${name} held something that is no entry.${kept}`
    if (collapsed) return `${name} had none, and waited for another request’s fetch.`
    if (fwdStatus === 304) return `${name} had a copy that it had to ask about; the origin confirmed it.`
    if (fwd === 'stale') return `${name} had one that it may not use as it is: the origin was asked.${kept}`
    // Shared caches say why. A private response is one that they forward and don't store.
    if (fwd === 'uri-miss' || fwd === 'vary-miss') {
      const had = fwd === 'uri-miss' ? 'nothing for this address' : 'nothing for these request fields'
      return `${name} had ${had}: the server behind it was called.${kept || ' It doesn’t store the response.'}`
    }
    if (fwd === 'miss') return `${name} had nothing: the origin was asked.${kept}`
    if (fwd === 'bypass') return 'No tier was consulted: the origin was asked.'
    return `${name} passed the request on.`
  })
  return sentences.length > 0 ? sentences.join(' ') : 'It doesn’t parse as a structured field, so caches ignore it.'
}

function sayCacheControl(value: string): string {
  if (/no-store/.test(value)) return 'No HTTP cache may keep this.'
  const who = /private/.test(value) ? 'The reader’s own browser' : 'Any HTTP cache, the browser’s too,'
  if (/no-cache/.test(value)) return `${who} may keep this, and has to ask before each use whether it still holds.`
  const maxAge = secondsOf(value, 'max-age')
  const shared = secondsOf(value, 's-maxage')
  const revalidating = secondsOf(value, 'stale-while-revalidate')
  const failing = secondsOf(value, 'stale-if-error')
  const sentences = [
    maxAge === undefined
      ? `${who} may keep this.`
      : maxAge === '0'
        ? `${who} may keep this, and asks before each use.`
        : `${who} may reuse this for ${maxAge} s without asking.`,
    shared && `One that many share may reuse it for ${shared} s without asking.`,
    revalidating && `For ${revalidating} s more it may be given while a new one is fetched behind it.`,
    failing && `While the origin fails, it may be given for ${failing} s past its date.`,
  ]
  return sentences.filter(Boolean).join(' ')
}

/** What the App Router adds to every answer, for pages of its own. */
const OF_FRAMEWORK = /^(rsc|next-.*)$/i

function sayVary(value: string): string {
  const names = value.split(',').map((name) => name.trim())
  const own = names.filter((name) => !OF_FRAMEWORK.test(name))
  return own.length === 0
    ? 'Added by the framework, for pages of its own: this answer depends on no header.'
    : `An HTTP cache may give this only to a request with the same ${own.join(' and ')}.`
}

/** The seconds of a directive. */
const secondsOf = (value: string, directive: string): string | undefined =>
  new RegExp(`(?:^|[\\s,])${directive}=(\\d+)`).exec(value)?.[1]
