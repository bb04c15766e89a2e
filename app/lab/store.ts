import type { Attempt } from '@/lib/checks/attempt'
import type { Fault } from './problem'
import { shareStream } from './share'
import { byExercise, initialLab, type LabState, receive } from './state'

/** A page that draws no frames, in a tab behind others, is told this late. */
const WITHOUT_FRAME_MS = 250

/** What a page knows of its lab, to be watched. */
export interface LabStore {
  get: () => LabState
  /** A listener is told once a frame at most, however many messages came: a busy server sends them in bunches. */
  subscribe: (listener: () => void) => () => void
  /** The server has told the lab's name, or why it did not. */
  meet: (lab: string | undefined, fault: Fault | undefined) => void
  /** The lab's attempts, asked for while the stream is away; once it is back it knows better. */
  learnAttempts: (attempts: readonly Attempt[]) => void
  /** Follow the lab's stream. Gives the function that stops. */
  follow: (lab: string) => () => void
}

export function createLabStore(): LabStore {
  let state = initialLab
  const listeners = new Set<() => void>()
  const tell = onceAFrame(() => {
    for (const listener of listeners) listener()
  })
  const become = (next: LabState) => {
    if (next === state) return
    state = next
    tell()
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    meet: (lab, fault) => become({ ...state, lab, fault }),
    learnAttempts: (attempts) =>
      become(state.connection === 'live' ? state : { ...state, attempts: byExercise(attempts) }),
    follow(lab) {
      const join = () =>
        shareStream(lab, {
          message: (message) => become(receive(state, message)),
          connection: (connection) => become(connection === state.connection ? state : { ...state, connection }),
          state: () => state,
          adopt: (known) =>
            become(
              state.log.last > known.log.last && state.epoch === known.epoch
                ? state
                : { ...known, lab: state.lab, fault: state.fault },
            ),
        })
      let leave: (() => void) | undefined = join()
      // A page in the back-forward cache may hold neither lock nor stream; it joins again when it is shown.
      const hide = () => {
        leave?.()
        leave = undefined
      }
      const show = ({ persisted }: PageTransitionEvent) => {
        if (persisted) leave ??= join()
      }
      addEventListener('pagehide', hide)
      addEventListener('pageshow', show)
      return () => {
        removeEventListener('pagehide', hide)
        removeEventListener('pageshow', show)
        hide()
      }
    },
  }
}

/** Calls that come within one frame become one, with the frame. */
function onceAFrame(call: () => void): () => void {
  let due = false
  return () => {
    if (due) return
    due = true
    const run = () => {
      if (!due) return
      due = false
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      call()
    }
    const frame = requestAnimationFrame(run)
    const timer = setTimeout(run, WITHOUT_FRAME_MS)
  }
}
