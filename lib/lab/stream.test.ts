import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle } from '../handle'
import { type TestContext, testContext } from '../testing/context'
import { readEvents } from '../testing/read-events'
import type { LabBatch, LabEvent } from './events'
import { LOG_ROWS } from './log'

let test: TestContext
beforeAll(() => {
  test = testContext()
})
afterAll(() => test.context.close())

const send = (target: string, headers: Record<string, string> = {}) =>
  handle(
    new Request(`http://127.0.0.1:3000${target}`, { headers: { host: '127.0.0.1:3000', ...headers } }),
    test.context,
  )
const stream = async (lab: string, headers?: Record<string, string>) =>
  readEvents(await send(`/api/lab/events?lab=${lab}`, headers))
const touch = (lab: string, strategy = 'memory') => send(`/api/slow-value?delay=0&cache=${strategy}&lab=${lab}`)

describe('a lab’s stream', () => {
  it('says hello, then tells of every request in batches', async () => {
    const events = await stream('s-live')
    expect((await events.next('hello')).data).toMatchObject({ lab: 's-live', counters: { requests: 0 } })
    await touch('s-live')
    await touch('s-live')
    const rows: LabEvent[] = []
    while (rows.length < 4) rows.push(...((await events.next('events')).data as LabBatch).rows)
    expect(rows.map(({ kind }) => kind)).toEqual(['origin', 'store', 'miss', 'hit'])
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    await events.close()
  })

  it('says at once that a process ended with counts that nobody got, though no row tells of it', async () => {
    const events = await stream('s-lost')
    await events.next('hello')
    test.context.labs.get('s-lost').lost()
    const { rows, counters } = (await events.next('events')).data as LabBatch
    expect([rows, counters.lost]).toEqual([[], 1])
    await events.close()
  })

  it('hears nothing of another lab', async () => {
    const events = await stream('s-one')
    await touch('s-other', 'none')
    await touch('s-one', 'none')
    const { rows } = (await events.next('events')).data as LabBatch
    expect(rows.map(({ request, kind }) => [request, kind])).toEqual([
      [1, 'origin'],
      [1, 'bypass'],
    ])
    await events.close()
  })

  it('goes on where Last-Event-ID left off', async () => {
    await touch('s-resume')
    const first = await stream('s-resume')
    const { id = '' } = await first.next('events')
    await first.close()
    await touch('s-resume')
    const again = await stream('s-resume', { 'last-event-id': id })
    const { rows, omitted } = (await again.next('events')).data as LabBatch
    expect(rows.map(({ kind }) => kind)).toEqual(['hit'])
    expect(omitted).toBe(0)
    await again.close()
  })

  it('starts anew where the id is from another life', async () => {
    await touch('s-epoch')
    const events = await stream('s-epoch', { 'last-event-id': 'gone:999999' })
    expect(((await events.next('events')).data as LabBatch).rows[0]?.seq).toBe(1)
    await events.close()
  })

  it('says how many rows were left out, while the counters stay exact', async () => {
    await touch('s-ring')
    const first = await stream('s-ring')
    const { id = '' } = await first.next('events')
    await first.close()
    const requests = LOG_ROWS + 500
    for (let i = 0; i < requests; i += 1) await touch('s-ring')
    const events = await stream('s-ring', { 'last-event-id': id })
    const { rows, omitted, counters } = (await events.next('events')).data as LabBatch
    expect(omitted + rows.length).toBe(requests)
    expect(counters.requests).toBe(requests + 1)
    await events.close()
  })

  it('keeps nothing for a reader that does not read, and is left when it goes', async () => {
    const lab = test.context.labs.get('s-stuck')
    const response = await send('/api/lab/events?lab=s-stuck')
    expect(lab.viewers()).toBe(1)
    const large = { big: 'x'.repeat(100_000) } as never
    for (let i = 0; i < 50; i += 1) lab.broadcast('snapshot', large)
    const reader = response.body?.getReader()
    let bytes = 0
    const drained = async () => {
      for (;;) {
        const next = await Promise.race([
          reader?.read(),
          new Promise<undefined>((done) => setImmediate(() => done(undefined))),
        ])
        if (!next?.value) return
        bytes += next.value.byteLength
      }
    }
    await drained()
    expect(bytes).toBeLessThan(500_000)
    await reader?.cancel()
    expect(lab.viewers()).toBe(0)
  })

  it('is refused beyond 200 of all labs together, as the stream of a run is', async () => {
    const labs = Array.from({ length: 10 }, (_, n) => `s-all-${n}`)
    const open = await Promise.all(labs.flatMap((lab) => Array.from({ length: 20 }, () => stream(lab))))
    const refused = await send('/api/lab/events?lab=s-one-more')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect((await send('/api/runs/any/events')).status).toBe(503)
    await open[0]?.close()
    const another = await stream('s-one-more')
    await Promise.all([another, ...open.slice(1)].map((events) => events.close()))
  })

  it('is refused beyond a bound, with a time to try again', async () => {
    const open = await Promise.all(Array.from({ length: 20 }, () => stream('s-many')))
    const refused = await send('/api/lab/events?lab=s-many')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    await Promise.all(open.map((events) => events.close()))
    expect((await send('/api/lab/events?lab=s-many')).status).toBe(200)
  })
})
