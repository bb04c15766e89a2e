/** Versions of a key that are remembered with the moment of their answer; beyond them the oldest are forgotten. */
const VERSIONS = 256

interface Written {
  version: number
  /** When its answer came. */
  at: number
}

/** Knows what a run has written, and so how stale what it reads is. */
export interface Staleness {
  /** A write of this key was answered at `at`, with the version that it made. */
  wrote(key: number, version: number, at: number): void
  /**
   * For how many milliseconds there had been a later version when a read of this key was sent, at `sent`; undefined
   * where there had been none. A write that was still under way does not count: its client had not been told, and no
   * cache can be blamed for what nobody knows yet. So a read is stale only where reading in turn could have shown it.
   */
  staleFor(key: number, version: number, sent: number): number | undefined
}

/**
 * Track the versions that a run writes, by the index of their key. Times are milliseconds of one clock. Where a key was
 * written more than {@link VERSIONS} times since the version that a read was given, its time is counted from the oldest
 * that is remembered, and so comes out too short; that it is stale is told all the same.
 */
export function trackVersions(): Staleness {
  /** By key, in the order of their versions. */
  const written = new Map<number, Written[]>()
  return {
    wrote(key, version, at) {
      const known = written.get(key) ?? []
      if (known.length === 0) written.set(key, known)
      // Answers overtake each other, so a lower version may come after a higher one.
      const place = known.findLastIndex((each) => each.version < version) + 1
      known.splice(place, 0, { version, at })
      if (known.length > VERSIONS) known.shift()
    },
    staleFor(key, version, sent) {
      const known = written.get(key)
      if (!known) return undefined
      let since = Infinity
      for (let n = known.length - 1; n >= 0; n -= 1) {
        const each = known[n]
        if (!each || each.version <= version) break
        since = Math.min(since, each.at)
      }
      return since <= sent ? sent - since : undefined
    },
  }
}
