import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { openRig, type Rig, seconds } from './conformance/rig'

const MANY = 200
const rigs: Rig[] = []
const rigged = async (...options: Parameters<typeof openRig>) => {
  const rig = await openRig(...options)
  rigs.push(rig)
  return rig
}
afterEach(async () => {
  await Promise.all(rigs.splice(0).map((rig) => rig.close()))
})

/** A promise to be kept from outside. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
const all = <T>(ask: (nth: number) => Promise<T>, times = MANY) =>
  Promise.all(Array.from({ length: times }, (_, nth) => ask(nth)))
const count = (outcomes: string[]) =>
  Object.fromEntries(
    [...new Set(outcomes)].sort().map((each) => [each, outcomes.filter((other) => other === each).length]),
  )

/** Ask many times at once; let the origin answer when all have come to the edge. */
async function stampede(
  rig: Rig,
  path: string,
  open: () => void,
  headers: (nth: number) => Record<string, string> = () => ({}),
) {
  const asking = all((nth) => rig.ask(path, { headers: headers(nth) }))
  await expect.poll(() => rig.got(path).length).toBeGreaterThan(0)
  // An answer to one that comes after them: by then the edge has read them.
  await rig.ask(rig.path({}))
  open()
  return asking
}

describe('200 requests at once for what is not stored', () => {
  it('make one call where the answer may be shared', async () => {
    const rig = await rigged()
    const { opened, open } = gate()
    const path = rig.path(async () => {
      await opened
      return { headers: { 'cache-control': 'max-age=60' } }
    })
    const answers = await stampede(rig, path, open)
    expect(rig.got(path)).toHaveLength(1)
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['answer 1']))
    const { miss, coalesced = 0, hit = 0 } = count(answers.map(({ outcome }) => outcome))
    expect([miss, coalesced + hit]).toEqual([1, MANY - 1])
  })

  it.each([
    ['private', { 'cache-control': 'private, max-age=60' }],
    ['of one session', { 'cache-control': 'max-age=60', 'set-cookie': 'id=1' }],
    ['no-store', { 'cache-control': 'no-store' }],
    ['to be asked about each time', { 'cache-control': 'no-cache', etag: '"a"' }],
  ])('make a call each where the answer is %s', async (_what, headers) => {
    const rig = await rigged()
    const { opened, open } = gate()
    const path = rig.path(async (_got, nth) => {
      if (nth === 1) await opened
      return { headers }
    })
    const answers = await stampede(rig, path, open)
    expect(rig.got(path)).toHaveLength(MANY)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(MANY)
  })

  it('make a call a variant', async () => {
    const rig = await rigged()
    const { opened, open } = gate()
    const path = rig.path(async (got) => {
      await opened
      return { headers: { 'cache-control': 'max-age=60', vary: 'X-A' }, body: String(got.headers['x-a']) }
    })
    const answers = await stampede(rig, path, open, (nth) => ({ 'x-a': String(nth % 2) }))
    expect(answers.map(({ text }) => text)).toEqual(Array.from({ length: MANY }, (_, nth) => String(nth % 2)))
    expect(rig.got(path).length).toBeLessThan(MANY)
    expect(rig.got(path).filter(({ headers }) => headers['x-a'] === '0')).not.toHaveLength(0)
  })

  it('fail together where the origin is away', async () => {
    const rig = await rigged()
    let calls = 0
    const { opened, open } = gate()
    const path = rig.serve((incoming) => {
      calls += 1
      void opened.then(() => incoming.socket.destroy())
    })
    const asking = all(() => rig.ask(path))
    await expect.poll(() => calls).toBe(1)
    await rig.ask(rig.path({}))
    open()
    expect(count((await asking).map(({ status }) => String(status)))).toEqual({ 502: MANY })
    // One, and one more on a new connection.
    expect(calls).toBeLessThanOrEqual(2)
  })

  it('wait no longer than the origin may take: 504', async () => {
    const rig = await rigged({ headersMs: 200 })
    let calls = 0
    const path = rig.serve(() => {
      calls += 1
    })
    const answers = await all(() => rig.ask(path))
    expect(count(answers.map(({ status }) => String(status)))).toEqual({ 504: MANY })
    expect(JSON.parse(answers[0]?.text ?? '')).toMatchObject({ code: 'edge-origin-timeout' })
    expect(calls).toBe(1)
  })

  it('go on where the first of them goes away', async () => {
    const rig = await rigged()
    const { opened, open } = gate()
    const path = rig.path(async () => {
      await opened
      return { headers: { 'cache-control': 'max-age=60' } }
    })
    const first = request(rig.address + path).on('error', () => {})
    first.end()
    await expect.poll(() => rig.got(path).length).toBe(1)
    const second = rig.ask(path)
    await rig.ask(rig.path({}))
    first.destroy()
    await rig.ask(rig.path({}))
    open()
    expect(await second).toMatchObject({ status: 200, text: 'answer 1' })
    expect(rig.got(path)).toHaveLength(1)
  })

  it('are broken off where all of them go away', async () => {
    const rig = await rigged()
    let cut = false
    let came = false
    const path = rig.serve((incoming) => {
      came = true
      incoming.socket.on('close', () => {
        cut = true
      })
    })
    const only = request(rig.address + path).on('error', () => {})
    only.end()
    await expect.poll(() => came).toBe(true)
    only.destroy()
    await expect.poll(() => cut).toBe(true)
  })

  it('are answered where the edge is closed meanwhile', async () => {
    const rig = await rigged()
    const path = rig.serve(() => {})
    const asking = all(() => rig.ask(path), 3)
    await rig.ask(rig.path({}))
    await rig.edge.close()
    expect((await asking).map(({ status }) => status)).toEqual([502, 502, 502])
  })

  it('do not wait for what a write made invalid', async () => {
    const rig = await rigged()
    const { opened, open } = gate()
    const path = rig.path(async (got, nth) => {
      if (got.method === 'PUT') return { status: 204 }
      if (nth === 1) await opened
      return { headers: { 'cache-control': 'max-age=60' }, body: nth === 1 ? 'old' : 'new' }
    })
    const before = rig.ask(path)
    await expect.poll(() => rig.got(path).length).toBe(1)
    await rig.ask(path, { method: 'PUT' })
    expect((await rig.ask(path)).text).toBe('new')
    open()
    expect((await before).text).toBe('old')
    expect((await rig.ask(path)).text).toBe('new')
  })

  it('with fields for one client: those who waited along do not get them', async () => {
    const rig = await rigged()
    const { opened, open } = gate()
    const path = rig.path(async () => {
      await opened
      return { headers: { 'cache-control': 'private="set-cookie", max-age=60', 'set-cookie': 'id=1' } }
    })
    const answers = await stampede(rig, path, open)
    expect(rig.got(path)).toHaveLength(1)
    expect(answers.filter((answer) => answer.header('set-cookie') !== '')).toHaveLength(1)
  })
})

describe('200 requests at once for what is stale', () => {
  it('are answered at once within stale-while-revalidate, with one refresh behind them', async () => {
    const rig = await rigged()
    const { opened, open } = gate()
    const path = rig.path(async (_got, nth) => {
      if (nth > 1) await opened
      return { headers: { 'cache-control': 'max-age=10, stale-while-revalidate=60' } }
    })
    await rig.ask(path)
    rig.clock.advance(seconds(20))
    // The origin does not answer until all of them are: none can have waited for it.
    const answers = await all(() => rig.ask(path))
    open()
    expect(count(answers.map(({ outcome }) => outcome))).toEqual({ stale: MANY })
    await expect.poll(() => rig.told.filter(({ kind }) => kind === 'refresh').length).toBe(1)
    expect(rig.got(path)).toHaveLength(2)
  })

  it('make one call that asks whether it still holds', async () => {
    const rig = await rigged()
    const { opened, open } = gate()
    const path = rig.path(async (_got, nth) => {
      if (nth === 1) return { headers: { 'cache-control': 'max-age=10', etag: '"a"' } }
      await opened
      return { status: 304, headers: { etag: '"a"', 'set-cookie': 'id=1' } }
    })
    await rig.ask(path)
    rig.clock.advance(seconds(20))
    const asking = all(() => rig.ask(path))
    await expect.poll(() => rig.got(path).length).toBe(2)
    await rig.ask(rig.path({}))
    open()
    const answers = await asking
    expect(rig.got(path)).toHaveLength(2)
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['answer 1']))
    expect(answers.filter((answer) => answer.header('set-cookie') !== '')).toHaveLength(1)
  })
})
