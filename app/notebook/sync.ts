import { clearNotebook, getNotebook, patchNotebook, renewCookies } from '@/app/lab/api'
import { type Fault, faultIn } from '@/app/lab/problem'
import { inTurn } from '@/app/lab/tabs'
import { type Copy, meetServer, nextPatch, tookPatch } from './merge'

/** What is written within this time goes in one request. */
const TOGETHER_MS = 400
/** A server that was away is asked again after this long, then after twice as long, and so on. */
const RETRY_MS = 2_000
const RETRY_MOST_MS = 60_000
/** Tabs of one browser talk with the server one after the other. */
const LOCK = 'hitrate:notebook'

export interface Sync {
  /** Send what is unsent, soon. */
  soon(): void
  /** Ask the server what it has, and send what it has not. */
  whole(): void
  close(): void
}

/** How it stands after each step. */
export type Kept = { kept: 'everywhere' | 'saving' } | { kept: 'here'; fault: Fault }

/**
 * Keep the server's copy like this browser's.
 * @param parts.change gives the present copy, and writes what becomes of it.
 */
export function createSync(parts: { change: (next: (copy: Copy) => Copy) => Copy; say: (how: Kept) => void }): Sync {
  const { change, say } = parts
  const present = () => change((copy) => copy)
  let timer: ReturnType<typeof setTimeout> | undefined
  let [wholeWanted, running, closed] = [false, false, false]
  let retryMs = RETRY_MS

  async function sendClears() {
    for (const lesson of present().unsent.clear) {
      await clearNotebook(lesson || undefined).catch(passOver('no-learner', 'invalid-parameter'))
      change(({ items, unsent }) => ({
        items,
        unsent: { ...unsent, clear: unsent.clear.filter((each) => each !== lesson) },
      }))
    }
  }

  async function talk() {
    await sendClears()
    while (wholeWanted) {
      const theirs = await getNotebook()
      // What was reset while the server answered is still in its answer, and would come back.
      if (present().unsent.clear.length > 0) {
        await sendClears()
        continue
      }
      change((copy) => meetServer(copy, theirs))
      wholeWanted = false
    }
    for (let patch = nextPatch(present()); patch && !closed; patch = nextPatch(present())) {
      const sent = patch
      const taken = await patchNotebook(sent).then(
        () => true,
        async (error: unknown) => {
          const { code } = faultIn(error)
          // The cookie is gone. With a new one the notebook is another, and everything is to be sent.
          if (code === 'no-learner') {
            wholeWanted = true
            await renewCookies()
          }
          if (code !== 'invalid-body' || !(await dropUnfit())) throw error
          return false
        },
      )
      if (taken) change((copy) => tookPatch(copy, sent))
    }
  }

  /** Somebody else wrote into this browser's copy: what the server will never take is let go. Gives whether there was any. */
  async function dropUnfit(): Promise<boolean> {
    const { notebookItem } = await import('@/lib/notebook/items')
    const fits = (id: string, item: unknown) => id.length <= 160 && notebookItem.safeParse(item).success
    const before = present()
    const kept = Object.fromEntries(Object.entries(before.items).filter(([id, item]) => fits(id, item)))
    const drop = before.unsent.drop.filter((id) => id.length > 0 && id.length <= 160)
    change(({ unsent }) => ({
      items: kept,
      unsent: { ...unsent, put: unsent.put.filter((id) => id in kept), drop },
    }))
    return Object.keys(kept).length < Object.keys(before.items).length || drop.length < before.unsent.drop.length
  }

  async function run() {
    timer = undefined
    if (running || closed) return
    running = true
    say({ kept: 'saving' })
    try {
      await inTurn(LOCK, talk)
      retryMs = RETRY_MS
      if (!closed) say({ kept: 'everywhere' })
    } catch (error) {
      if (!closed) say({ kept: 'here', fault: faultIn(error) })
      start(retryMs)
      retryMs = Math.min(retryMs * 2, RETRY_MOST_MS)
    } finally {
      running = false
    }
    const left = present()
    if (timer === undefined && (wholeWanted || left.unsent.clear.length > 0 || nextPatch(left))) start(TOGETHER_MS)
  }

  const start = (ms: number) => {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(() => void run(), ms)
  }
  const again = () => {
    if (timer !== undefined && document.visibilityState === 'visible') start(0)
  }
  addEventListener('online', again)
  document.addEventListener('visibilitychange', again)

  return {
    soon() {
      // At once: what was just written is not on the server yet.
      say({ kept: 'saving' })
      start(TOGETHER_MS)
    },
    whole() {
      wholeWanted = true
      start(0)
    },
    close() {
      closed = true
      clearTimeout(timer)
      removeEventListener('online', again)
      document.removeEventListener('visibilitychange', again)
    },
  }
}

/** Go on after a problem of one of these codes. */
const passOver =
  (...codes: Fault['code'][]) =>
  (error: unknown) => {
    if (!codes.includes(faultIn(error).code)) throw error
  }
