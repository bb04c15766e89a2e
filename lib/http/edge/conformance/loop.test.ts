import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { type Edge, openEdge } from '../edge'
import { edgeServer } from '../server'
import { listen, openRig, stop } from './rig'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A port that nobody has: an edge has to be told its origin before that listens. */
async function freePort(): Promise<number> {
  const server = createServer()
  const address = await listen(server)
  await stop(server)
  return Number(new URL(address).port)
}

async function place(port: number, origin: string, name?: string): Promise<string> {
  // A loop that goes unnoticed ends here, and the test with a status that is not awaited.
  const edge: Edge = openEdge({ origin, name, headersMs: 2_000 })
  const server = edgeServer(edge)
  const address = await listen(server, port)
  closing.push(async () => {
    await edge.close()
    await stop(server)
  })
  return address
}

describe('RFC 9110, 7.6.3: a request that comes round again is known by Via', () => {
  const asked = async (address: string, init?: RequestInit) => {
    const answer = await fetch(`${address}/a`, init)
    return { status: answer.status, body: (await answer.json()) as { code: string }, fields: answer.headers }
  }

  it.each(['127.0.0.1', 'localhost'])('of an edge that is its own origin, as %s: 508', async (host) => {
    const port = await freePort()
    const address = await place(port, `http://${host}:${port}`)
    const { status, body, fields } = await asked(address)
    expect([status, body.code]).toEqual([508, 'edge-loop'])
    expect(fields.get('content-type')).toContain('application/problem+json')
  })

  it.each([
    ['of one name', 'edge', 'edge'],
    ['of two names', 'a', 'b'],
  ])('of two edges %s, each before the other: 508', async (_which, one, other) => {
    const [port, behind] = [await freePort(), await freePort()]
    await place(behind, `http://127.0.0.1:${port}`, other)
    const address = await place(port, `http://127.0.0.1:${behind}`, one)
    expect(await asked(address)).toMatchObject({ status: 508, body: { code: 'edge-loop' } })
  })

  it('with a method that passes by the store too', async () => {
    const port = await freePort()
    const address = await place(port, `http://127.0.0.1:${port}`)
    expect(await asked(address, { method: 'POST', body: 'abc' })).toMatchObject({ status: 508 })
  })

  it('while a chain of edges of one name is none', async () => {
    const rig = await openRig()
    closing.push(() => rig.close())
    const path = rig.path({ headers: { 'cache-control': 'max-age=10' }, body: 'through' })
    const middle = await place(0, rig.address)
    const outer = await place(0, middle)
    const answer = await fetch(outer + path)
    expect([answer.status, await answer.text()]).toEqual([200, 'through'])
    expect(rig.got(path)[0]?.headers.via).toMatch(/^(1\.1 edge-[0-9a-f]{8}(, |$)){3}$/)
  })
})
