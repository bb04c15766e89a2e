import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { openEdge } from '@/lib/http/edge/edge'
import { edgeServer } from '@/lib/http/edge/server'
import { judge } from '@/lib/testing/evidence'
import { experimentById } from '..'
import { type Bench, testClaims } from '../claims'
import { whatTheKeyLeavesOut } from './lesson'

const measured = (id: string) => experimentById(id).definition.predict.measure

const WELCOME = '/api/welcome?cache=s-maxage&ttl=60'
const field = (body: unknown, name: string) => (body as Record<string, string>)[name]

/** Two visitors, one after the other, and a field of what each of them got. */
async function two(
  bench: Bench,
  target: 'edge' | 'careless',
  headers: readonly [Record<string, string>, Record<string, string>],
  name: string,
  query = '',
) {
  const { get } = bench.at(target)
  const answers = [
    await get(WELCOME + query, { headers: headers[0] }),
    await get(WELCOME + query, { headers: headers[1] }),
  ]
  return { fields: answers.map(({ body }) => field(body, name)), answers }
}

const SEOUL = { 'accept-language': 'ko' }
const BERLIN = { 'accept-language': 'de' }
const ATTACK = { 'accept-language': 'en', 'x-forwarded-host': 'evil.example' }
const VICTIM = { 'accept-language': 'en' }

testClaims('what-the-key-leaves-out', {
  'first-comes-first': async (bench) => {
    expect((await two(bench, 'careless', [SEOUL, BERLIN], 'language')).fields).toEqual(['ko', 'ko'])
    expect(measured('whose-language')(bench.seen())).toBe('first')
  },

  'one-entry-each': async (bench) => {
    const { fields, answers } = await two(bench, 'edge', [SEOUL, BERLIN], 'language')
    expect(fields).toEqual(['ko', 'de'])
    expect(answers.map(({ outcome }) => outcome)).toEqual(['miss', 'miss'])
    await bench.settle()
    expect((await bench.lab()).total.edge).toBe(2)
  },

  poisoned: async (bench) => {
    const { fields, answers } = await two(bench, 'careless', [ATTACK, VICTIM], 'link')
    expect(fields).toEqual(['http://evil.example/lessons', 'http://evil.example/lessons'])
    expect(answers[1]?.header('cache-status')).toMatch(/^careless; hit/)
    expect(measured('a-poisoned-link')(bench.seen())).toBe('theirs')
  },

  'kept-apart': async (bench) => {
    const { fields } = await two(bench, 'edge', [ATTACK, VICTIM], 'link')
    expect(fields).toEqual(['http://evil.example/lessons', '/lessons'])
  },

  'nobody-else': async () => {
    // An origin that depends on a header and does not say so, behind an edge that does everything right.
    const { ask, close } = await edgeBefore((headers) => ({
      'cache-control': 'max-age=60',
      told: String(headers['x-told']),
    }))
    expect([await ask({ 'x-told': 'evil' }), await ask({})].map(({ headers }) => headers.get('told'))).toEqual([
      'evil',
      'evil',
    ])
    await close()
  },

  'same-visitor': async (bench) => {
    const { fields, answers } = await two(bench, 'edge', [VICTIM, VICTIM], 'visitor', '&cookie=set')
    expect(fields[0]).toBe(fields[1])
    expect(answers[1]?.header('set-cookie')).toBe(answers[0]?.header('set-cookie'))
    expect(answers[1]?.header('set-cookie')).toContain(`visitor=${fields[0]}`)
    expect(measured('one-cookie-for-two')(bench.seen())).toBe('one')
  },

  'private-heals': async (bench) => {
    const { fields } = await two(bench, 'edge', [VICTIM, VICTIM], 'visitor', '&cookie=private')
    expect(new Set(fields).size).toBe(2)

    const [exercise] = whatTheKeyLeavesOut.exercises
    const { log } = await bench.lab()
    const evidence = log.map((row) => ({ kind: 'row' as const, row }))
    expect(exercise && judge(exercise.check, evidence).status).toBe('passed')
  },

  'not-unasked': async () => {
    let visitors = 0
    const origin = () => ({ 'cache-control': 'max-age=60', 'set-cookie': `visitor=${++visitors}` })
    const careful = await edgeBefore(origin)
    await careful.ask({})
    expect((await careful.ask({})).headers.get('set-cookie')).toBe('visitor=2')
    await careful.close()
    visitors = 0
    const careless = await edgeBefore(origin, { storeSetCookie: true })
    await careless.ask({})
    expect((await careless.ask({})).headers.get('set-cookie')).toBe('visitor=1')
    await careless.close()
  },
})

/** An edge before an origin of the test's own, whose answers have these fields. */
async function edgeBefore(
  fieldsFor: (asked: NodeJS.Dict<string | string[]>) => Record<string, string>,
  careless: { storeSetCookie?: boolean } = {},
) {
  const origin = createServer(({ headers }, response) => response.writeHead(200, fieldsFor(headers)).end('{}'))
  const listen = (server: typeof origin) =>
    new Promise<string>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
    )
  const edge = openEdge({ origin: await listen(origin), careless })
  const front = edgeServer(edge)
  const address = await listen(front)
  return {
    ask: (headers: Record<string, string>) => fetch(address, { headers }),
    async close() {
      await edge.close()
      for (const server of [front, origin]) {
        server.closeAllConnections()
        await new Promise((closed) => server.close(closed))
      }
    },
  }
}
