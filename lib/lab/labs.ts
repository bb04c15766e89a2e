import { LRUCache } from 'lru-cache'
import { type Lab, type LabParts, openLab } from './lab'

/** Labs that are held at once; the one idle for longest makes way. */
export const LABS = 200
/** A lab that nobody used for this long is dropped: its memory, counters, log and edits. */
export const IDLE_MS = 3_600_000

export interface Labs {
  /** The lab of that name, opened when it is not there; using it starts its hour anew. */
  get(id: string): Lab
  /** Drop what has been idle for too long. */
  sweep(): void
}

/**
 * Keep the labs of this process, at most {@link LABS}.
 * @param parts.dropped is told of each lab that goes, to drop what it left elsewhere.
 * @param parts.opened is told of each that comes.
 */
export function openLabs(
  parts: LabParts & { dropped: (id: string) => void; opened?: ((lab: Lab) => void) | undefined },
): Labs {
  const labs = new LRUCache<string, Lab>({
    max: LABS,
    ttl: IDLE_MS,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf: { now: () => parts.clock.now() },
    dispose: (_lab, id) => parts.dropped(id),
  })
  return {
    get(id) {
      const known = labs.get(id)
      if (known) return known
      const opened = openLab(id, parts)
      labs.set(id, opened)
      parts.opened?.(opened)
      return opened
    },
    sweep: () => labs.purgeStale(),
  }
}
