import { type Lab, type LabParts, openLab } from './lab'

/** Labs that are held at once; of those that aren't in use, the one idle for longest makes way. */
export const LABS = 200
/** A lab that nobody used for this long is dropped: its memory, counters, log and edits. */
export const IDLE_MS = 3_600_000

export interface Labs {
  /** The lab of that name, opened when it is not there; using it restarts its hour. */
  get(id: string): Lab
  /** The names of those that are held. */
  names(): string[]
  /** Drops what has been idle for too long. A lab in use never is. */
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
  /** The one idle for longest comes first. */
  const labs = new Map<string, { lab: Lab; usedAt: number }>()
  const drop = (id: string) => {
    labs.delete(id)
    parts.dropped(id)
  }
  // Not by the time of day: a laptop that wakes up, or a clock that is set, would drop every lab.
  const isIdle = ({ lab, usedAt }: { lab: Lab; usedAt: number }) =>
    parts.clock.steady() - usedAt >= IDLE_MS && !lab.inUse()

  function makeRoom(): void {
    if (labs.size < LABS) return
    // With all of them in use one has to go all the same: memory is bounded.
    const [first] = labs.keys()
    const idle = [...labs].find(([, { lab }]) => !lab.inUse())?.[0] ?? first
    if (idle !== undefined) drop(idle)
  }

  return {
    get(id) {
      const known = labs.get(id)
      if (known && !isIdle(known)) {
        known.usedAt = parts.clock.steady()
        labs.delete(id)
        labs.set(id, known)
        return known.lab
      }
      if (known) drop(id)
      makeRoom()
      const lab = openLab(id, parts)
      labs.set(id, { lab, usedAt: parts.clock.steady() })
      parts.opened?.(lab)
      return lab
    },
    names: () => [...labs.keys()],
    sweep() {
      for (const [id, known] of [...labs]) if (isIdle(known)) drop(id)
    },
  }
}
