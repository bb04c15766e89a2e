import { afterEach, describe, expect, it } from 'vitest'
import { openRig, type Rig, seconds } from './conformance/rig'

const rigs: Rig[] = []
afterEach(async () => {
  await Promise.all(rigs.splice(0).map((rig) => rig.close()))
})

/** How long the edge remembers that answers of an address are for one client each. */
const REMEMBERED_S = 5

/** An address with an answer of its own for each, but for the first held back until `open`. */
async function personal(headers: Record<string, string>) {
  const rig = await openRig()
  rigs.push(rig)
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const path = rig.path(async (_got, nth) => {
    if (nth > 1) await opened
    return { headers }
  })
  await rig.ask(path)
  /** Two ask at once: how many of them the origin sees before it has answered any. */
  const together = async () => {
    const before = rig.got(path).length
    const asking = [rig.ask(path), rig.ask(path)]
    await expect.poll(() => rig.got(path).length).toBeGreaterThan(before)
    // Answers to others that come after them: by then both have gone on, if they go on.
    for (let i = 0; i < 3; i += 1) await rig.ask(rig.path({}))
    const seen = rig.got(path).length - before
    open()
    return { seen, texts: (await Promise.all(asking)).map(({ text }) => text).sort() }
  }
  return { rig, path, together }
}

describe('an address whose answers are for one client each', () => {
  it.each([
    ['private', { 'cache-control': 'private, max-age=60' }],
    ['no-store', { 'cache-control': 'no-store' }],
    ['of one session', { 'cache-control': 'max-age=60', 'set-cookie': 'id=1' }],
  ])('nobody waits there for another’s answer, for a while: %s', async (_what, headers) => {
    const { rig, together } = await personal(headers)
    rig.clock.advance(seconds(REMEMBERED_S) - 1)
    expect(await together()).toEqual({ seen: 2, texts: ['answer 2', 'answer 3'] })
  })

  it('after that one waits again, and asks for itself where the answer is still not for all', async () => {
    const { rig, together } = await personal({ 'cache-control': 'private' })
    rig.clock.advance(seconds(REMEMBERED_S))
    expect(await together()).toEqual({ seen: 1, texts: ['answer 2', 'answer 3'] })
  })

  it('a purge forgets it', async () => {
    const { rig, path, together } = await personal({ 'cache-control': 'private' })
    rig.edge.purge((key) => key === path)
    expect((await together()).seen).toBe(1)
  })

  it.each([
    ['a write', { method: 'POST' }],
    ['a request for the fields alone', { method: 'HEAD' }],
    ['a request that is not to be stored', { headers: { 'cache-control': 'no-store' } }],
    ['a request for a part', { headers: { range: 'bytes=0-1' } }],
  ])('%s says nothing of the others', async (_what, ask) => {
    const rig = await openRig()
    rigs.push(rig)
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const path = rig.path(async (_got, nth) => {
      if (nth === 1) return { headers: { 'cache-control': 'no-store' } }
      await opened
      return { headers: { 'cache-control': 'max-age=60' } }
    })
    await rig.ask(path, ask)
    const asking = [rig.ask(path), rig.ask(path)]
    await expect.poll(() => rig.got(path).length).toBe(2)
    await rig.ask(rig.path({}))
    open()
    await Promise.all(asking)
    expect(rig.got(path)).toHaveLength(2)
  })
})
