/** What a browser's tabs agree on: which one leads, and that one waits for another. */

/** A tab, as the group of those that share a name knows it. */
export interface Tab {
  /** This tab leads from now on. Gives the function that ends it. */
  lead(): () => void
  /** Told the leader, now and then: whether other tabs are there. */
  others(there: boolean): void
}

/** What tabs without Web Locks tell each other. */
type Word =
  /** A tab that knows of no leader asks for one. */
  | { kind: 'ask' }
  /** The leader is there. A later term wins, and of one term the lower id. */
  | { kind: 'lead'; id: string; term: number }
  | { kind: 'here' }
  | { kind: 'left' }

/** How often the leader looks whether other tabs are there, and says that it is. */
const BEAT_MS = 1_000
/** A leader that says nothing for this long is asked whether it is there. */
const SILENT_MS = 5_000
/** How long a tab waits for the leader's word before it leads itself; up to twice that, so that not all do at once. */
const ANSWER_MS = 300

const never = () => {}

/**
 * Joins the tabs of this name: one of them leads, and when it goes another does. Web Locks decide where the page may have
 * them: not over plain HTTP from another machine, and not with site data blocked. There the tabs decide by what they tell
 * each other, and may have two leaders for a moment.
 * @returns the function that leaves.
 */
export function joinTabs(name: string, tab: Tab): () => void {
  const leaving = new AbortController()
  lineUp(name, tab, leaving.signal).catch((error: unknown) => {
    if (!leaving.signal.aborted) console.error(error)
  })
  return () => leaving.abort()
}

async function lineUp(name: string, tab: Tab, signal: AbortSignal): Promise<void> {
  if (hasLocks()) {
    try {
      await navigator.locks.request(name, { signal }, () => leadByLock(name, tab, signal))
      return
    } catch (error) {
      if (!isForbidden(error)) throw error
    }
  }
  if (!signal.aborted) leadByWord(name, tab, signal)
}

/** Does something while no other tab does what has this name. Without Web Locks they don't wait for each other. */
export async function inTurn(name: string, work: () => Promise<void>): Promise<void> {
  let began = false
  const begin = () => {
    began = true
    return work()
  }
  if (!hasLocks()) return work()
  try {
    await navigator.locks.request(name, begin)
  } catch (error) {
    if (began || !isForbidden(error)) throw error
    await work()
  }
}

/** Opens a channel to the other tabs; undefined if the browser has none, or forbids it. */
export function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name)
  } catch {
    return undefined
  }
}

const hasLocks = (): boolean => 'locks' in navigator

const isForbidden = (error: unknown): boolean => error instanceof DOMException && error.name === 'SecurityError'

/** Leads until the tab leaves. */
function leadByLock(name: string, tab: Tab, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = tab.lead()
    const countOthers = async () => {
      const { pending = [] } = await navigator.locks.query()
      tab.others(pending.some((request) => request.name === name))
    }
    const count = setInterval(() => void countOthers(), BEAT_MS)
    const leave = () => {
      clearInterval(count)
      end()
      resolve()
    }
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
  })
}

function leadByWord(name: string, tab: Tab, signal: AbortSignal): void {
  const channel = openChannel(`${name}:lead`)
  const id = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  let term = 0
  let heard = true
  let beat: ReturnType<typeof setInterval> | undefined
  let wait: ReturnType<typeof setTimeout> | undefined
  let end: (() => void) | undefined
  const say = (word: Word) => channel?.postMessage(word)

  function lead(): void {
    term += 1
    end = tab.lead()
    if (!channel) return
    say({ kind: 'lead', id, term })
    beat = setInterval(() => {
      tab.others(heard)
      heard = false
      say({ kind: 'lead', id, term })
    }, BEAT_MS)
  }
  function seek(): void {
    say({ kind: 'ask' })
    after(channel ? ANSWER_MS * (1 + Math.random()) : 0, lead)
  }
  function after(ms: number, next: () => void): void {
    clearTimeout(wait)
    wait = setTimeout(next, ms)
  }
  function follow(): void {
    clearInterval(beat)
    end?.()
    end = undefined
    heard = true
    // A tab behind others is slow to say that it is there, but answers when it is asked.
    after(SILENT_MS, seek)
  }

  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data.kind === 'here') heard = true
      else if (data.kind === 'ask') {
        heard = true
        if (end) say({ kind: 'lead', id, term })
      } else if (data.kind === 'left') {
        if (!end) after(ANSWER_MS * Math.random(), seek)
      } else if (end && (term > data.term || (term === data.term && id < data.id))) {
        say({ kind: 'lead', id, term })
      } else {
        term = data.term
        follow()
        say({ kind: 'here' })
      }
    }
  }
  seek()
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(beat)
      clearTimeout(wait)
      if (end) {
        end()
        say({ kind: 'left' })
      }
      if (channel) channel.onmessage = never
      channel?.close()
    },
    { once: true },
  )
}
