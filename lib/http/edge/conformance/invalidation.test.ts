import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRig, type Rig } from './rig'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

/** An address whose GET is stored, and whose other methods are answered with this. */
async function storedThen(status: number, headers: Record<string, string> = {}) {
  const path = rig.path((got) =>
    got.method === 'GET' ? { headers: { 'cache-control': 'max-age=60' } } : { status, headers },
  )
  await rig.ask(path)
  return path
}
const isStored = (path: string) => rig.edge.entries(1, (key) => key === path).total === 1

describe('RFC 9111, 4.4: invalidating stored responses', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'LOCK'])(
    '%s, where it does not fail, makes the target invalid',
    async (method) => {
      const path = await storedThen(204)
      await rig.ask(path, { method })
      expect(isStored(path)).toBe(false)
      expect((await rig.ask(path)).outcome).toBe('miss')
    },
  )

  it.each([200, 201, 204, 302, 303])('%i is no failure', async (status) => {
    const path = await storedThen(status)
    await rig.ask(path, { method: 'POST' })
    expect(isStored(path)).toBe(false)
  })

  it.each([400, 404, 409, 500, 503])('%i is one, and leaves what is stored', async (status) => {
    const path = await storedThen(status)
    await rig.ask(path, { method: 'POST' })
    expect(isStored(path)).toBe(true)
  })

  it.each(['OPTIONS', 'HEAD', 'PROPFIND', 'SEARCH'])('%s is safe, and leaves what is stored', async (method) => {
    const path = await storedThen(200)
    await rig.ask(path, { method })
    expect(isStored(path)).toBe(true)
  })

  it('all variants become invalid', async () => {
    const path = rig.path((got) => ({
      headers: got.method === 'GET' ? { 'cache-control': 'max-age=60', vary: 'X-A' } : {},
    }))
    await rig.ask(path, { headers: { 'x-a': '1' } })
    await rig.ask(path, { headers: { 'x-a': '2' } })
    await rig.ask(path, { method: 'PUT' })
    expect(rig.edge.entries(9, (key) => key === path).total).toBe(0)
  })

  it.each(['location', 'content-location'])('what %s names becomes invalid too', async (name) => {
    const other = await storedThen(200)
    for (const named of [other, rig.origin + other, rig.address + other]) {
      await rig.ask(other)
      const path = await storedThen(201, { [name]: named })
      await rig.ask(path, { method: 'POST' })
      expect([named, isStored(other)]).toEqual([named, false])
    }
  })

  it.each(['location', 'content-location'])('what %s names of another origin does not', async (name) => {
    const other = await storedThen(200)
    const path = await storedThen(201, { [name]: `http://127.0.0.1:1${other}` })
    await rig.ask(path, { method: 'POST' })
    expect(isStored(other)).toBe(true)
  })

  it('what a failed request names does not', async () => {
    const other = await storedThen(200)
    const path = await storedThen(500, { location: other })
    await rig.ask(path, { method: 'POST' })
    expect(isStored(other)).toBe(true)
  })

  it('an answer that was on its way during the write is not stored', async () => {
    let answerSlowly = () => {}
    const asked = new Promise<void>((resolve) => {
      answerSlowly = resolve
    })
    let arrived = () => {}
    const arriving = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const path = rig.path(async (got) => {
      if (got.method !== 'GET') return { status: 204 }
      arrived()
      await asked
      return { headers: { 'cache-control': 'max-age=60' }, body: 'old' }
    })
    const reading = rig.ask(path)
    await arriving
    await rig.ask(path, { method: 'PUT' })
    answerSlowly()
    expect((await reading).text).toBe('old')
    expect(isStored(path)).toBe(false)
  })
})
