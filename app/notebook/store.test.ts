import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { handle } from '@/lib/handle'
import type { NewItem } from '@/lib/notebook/items'
import { pageCookies } from '@/lib/page-cookies'
import { type TestContext, testContext } from '@/lib/testing/context'
import { createNotebookStore, type NotebookStore } from './store'

/** The store of a page against the real server: its handler, and Postgres behind it. Only the browser is made here. */

const HOST = '127.0.0.1:3000'

/** A browser: what it stores, its cookies, and its tabs. */
function browser(context: TestContext['context']) {
  const stored = new Map<string, string>()
  const cookies = new Map<string, string>()
  const page = new EventTarget()
  let away = false
  const sent: string[] = []
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, text: string) => stored.set(name, text),
    removeItem: (name: string) => stored.delete(name),
  })
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible', cookie: '' }))
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    sent.push(`${init.method ?? 'GET'} ${path}`)
    if (away) throw new TypeError('fetch failed')
    const headers = new Headers(init.headers)
    headers.set('host', HOST)
    headers.set('sec-fetch-site', 'same-origin')
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    headers.set('cookie', cookie)
    const { method, body } = init
    if (path === '/') {
      showPage()
      return new Response()
    }
    return handle(new Request(`http://${HOST}${path}`, { method, body, headers }), context)
  })
  /** What every page does before its scripts run. */
  function showPage() {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    for (const line of pageCookies(cookie, context.settings.address)) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
  }
  showPage()
  return {
    stored,
    cookies,
    sent,
    goAway: (gone: boolean) => {
      away = gone
      if (!gone) page.dispatchEvent(new Event('online'))
    },
    /** What another tab wrote, or that the storage was cleared. */
    tellOthers: (key: string | null) =>
      page.dispatchEvent(
        Object.assign(new Event('storage'), { key, newValue: key === null ? null : (stored.get(key) ?? null) }),
      ),
  }
}

/** A machine that is busy gets time: what is waited for takes half a second. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 60_000 })
vi.setConfig({ testTimeout: 120_000 })

let test: TestContext
let tab: ReturnType<typeof browser>
let close: (() => void)[]
beforeEach(() => {
  test = testContext()
  tab = browser(test.context)
  close = []
})
afterEach(async () => {
  for (const each of close) each()
  vi.unstubAllGlobals()
  await test.context.close()
})

/** Open a page: a new store over what the browser keeps. */
function open(): NotebookStore {
  const store = createNotebookStore()
  close.push(store.open())
  return store
}
const leave = () => close.pop()?.()
const saved = (store: NotebookStore) => eventually(() => store.get().kept).toBe('everywhere')
const ids = (store: NotebookStore) => Object.keys(store.get().items).sort()
const learner = () => [...tab.cookies.entries()].find(([name]) => name.startsWith('hitrate-learner'))?.[1] ?? ''
const onServer = async () => (await test.context.notebook.read(learner())).map(({ id }) => id).sort()
const command = (of: string, text = 'hey'): NewItem => ({ id: `command:${of}`, kind: 'command', lesson: 'a', text })

describe('the notebook of a page', () => {
  it('knows its local copy at once, and has the server keep it', async () => {
    const store = open()
    expect(store.get().known).toBe(true)
    store.put(command('a'))
    expect(ids(store)).toEqual(['command:a'])
    await eventually(onServer).toEqual(['command:a'])
    await saved(store)
    leave()
    expect(ids(open())).toEqual(['command:a'])
  })

  it('comes back from the server when the browser was cleared, and goes there again when the cookie was lost', async () => {
    const store = open()
    store.put(command('a'))
    await eventually(onServer).toEqual(['command:a'])
    tab.stored.clear()
    tab.tellOthers(null)
    await eventually(() => ids(store)).toEqual(['command:a'])
    leave()

    tab.cookies.clear()
    const again = open()
    await eventually(onServer).toEqual(['command:a'])
    tab.cookies.clear()
    again.put(command('b'))
    await eventually(onServer).toEqual(['command:a', 'command:b'])
  })

  it('keeps a reset that is made while the server’s notebook is in transit', async () => {
    const first = open()
    first.put(command('a'))
    await saved(first)
    leave()

    const sent = fetch
    let resetDone = () => {}
    const reset = new Promise<void>((resolve) => {
      resetDone = resolve
    })
    let reading = false
    vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
      const response = await sent(path, init)
      if (path.startsWith('/api/notebook') && (init.method ?? 'GET') === 'GET') {
        reading = true
        await reset
      }
      return response
    })
    const store = open()
    await eventually(() => reading).toBe(true)
    store.clear()
    resetDone()
    await saved(store)
    expect(ids(store)).toEqual([])
    expect(await onServer()).toEqual([])
  })

  it('goes on while the server is away, says so, and sends everything when it is back', async () => {
    const first = open()
    first.put(command('old'))
    await eventually(onServer).toEqual(['command:old'])
    tab.goAway(true)
    first.put(command('new'))
    first.drop(['command:old'])
    await eventually(() => first.get().kept).toBe('here')
    expect(first.get().fault?.code).toBe('no-answer')
    leave()

    // A reload in between loses nothing, and what was dropped does not come back with what the server still has.
    const second = open()
    await eventually(() => second.get().kept).toBe('here')
    expect(ids(second)).toEqual(['command:new'])
    tab.goAway(false)
    await eventually(onServer).toEqual(['command:new'])
    await saved(second)
    expect(second.get().fault).toBeUndefined()
    expect(ids(second)).toEqual(['command:new'])
  })

  it('lets nothing come back after a reset', async () => {
    const store = open()
    store.put(command('a'))
    store.put({ ...command('b'), lesson: 'b' })
    await eventually(onServer).toEqual(['command:a', 'command:b'])
    store.clear('a')
    expect(ids(store)).toEqual(['command:b'])
    await eventually(onServer).toEqual(['command:b'])
    store.clear()
    await eventually(onServer).toEqual([])
    leave()
    const again = open()
    await eventually(() => again.get().kept).toBe('everywhere')
    expect(ids(again)).toEqual([])
  })

  it('takes what another tab wrote, and overwrites none of it', async () => {
    const [one, two] = [open(), open()]
    one.put(command('a'))
    // The event is still on its way to the second tab when that one writes.
    two.put(command('b'))
    expect(ids(two)).toEqual(['command:a', 'command:b'])
    tab.tellOthers('hitrate-notebook')
    expect(ids(one)).toEqual(['command:a', 'command:b'])
    await eventually(onServer).toEqual(['command:a', 'command:b'])
  })

  it('hears of what the server wrote itself', async () => {
    const store = open()
    await saved(store)
    await test.context.notebook.note(learner(), {
      id: 'exercise:x',
      kind: 'exercise',
      lesson: 'a',
      exercise: 'x',
      seen: ['#1 miss'],
    })
    store.refresh()
    await eventually(() => ids(store)).toEqual(['exercise:x'])
  })

  it('writes later than what it writes over, though the clock was set back', () => {
    tab.stored.set(
      'hitrate-notebook',
      JSON.stringify({
        items: { 'command:a': { ...command('a'), at: Date.now() + 1e9 } },
        unsent: { put: [], drop: [], clear: [] },
      }),
    )
    const store = open()
    const before = store.get().items['command:a']?.at ?? 0
    store.put(command('a', 'again'))
    expect(store.get().items['command:a']?.at).toBe(before + 1)
  })

  it('lets go of what was written into the copy that the server will never take', async () => {
    tab.stored.set(
      'hitrate-notebook',
      JSON.stringify({
        items: {
          'command:a': { ...command('a'), at: 1, text: 'x'.repeat(1_001) },
          'command:b': { ...command('b'), at: 1 },
        },
        unsent: { put: ['command:a'], drop: ['x'.repeat(200)], clear: ['NO SLUG'] },
      }),
    )
    const store = open()
    await eventually(onServer).toEqual(['command:b'])
    await saved(store)
    expect(ids(store)).toEqual(['command:b'])
  })

  it('sends many items in parts', async () => {
    const store = open()
    const items = Array.from({ length: 450 }, (_, i) => ({ ...command(`${i}`, 'x'.repeat(400)), at: 1 }))
    expect(store.merge(items as Parameters<NotebookStore['merge']>[0])).toEqual({ fresh: 450, later: 0, same: 0 })
    await eventually(async () => (await onServer()).length).toBe(450)
    expect(tab.sent.filter((line) => line.startsWith('PATCH')).length).toBeGreaterThan(2)
  })

  it('works without storage', async () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('closed', 'SecurityError')
      },
    })
    const store = open()
    expect(store.get().known).toBe(true)
    store.put(command('a'))
    store.put(command('b'))
    expect(ids(store)).toEqual(['command:a', 'command:b'])
    await eventually(onServer).toEqual(['command:a', 'command:b'])
    await eventually(() => store.get().kept).toBe('server')
    tab.goAway(true)
    store.put(command('c'))
    await eventually(() => store.get().kept).toBe('nowhere')
    tab.goAway(false)
    await eventually(() => store.get().kept).toBe('server')
    store.drop(['command:c'])
    await eventually(onServer).toEqual(['command:a', 'command:b'])
    leave()
    const again = open()
    await eventually(() => ids(again)).toEqual(['command:a', 'command:b'])
  })

  it('claims to save nothing where neither storage nor cookies are there', async () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('closed', 'SecurityError')
      },
    })
    Object.defineProperty(document, 'cookie', { get: () => '', set: () => {} })
    const store = open()
    await eventually(() => store.get().kept).toBe('nowhere')
  })

  it('takes over what an earlier version kept of the lessons read', () => {
    tab.stored.set('hitrate-read', '{"a":"read","b":"begun","c":"eaten"}')
    const store = open()
    expect(ids(store)).toEqual(['progress:a', 'progress:b'])
    store.put(command('x'))
    expect(tab.stored.has('hitrate-read')).toBe(false)
    leave()
    expect(open().get().items['progress:a']).toMatchObject({ reading: 'read', lesson: 'a' })
  })
})
