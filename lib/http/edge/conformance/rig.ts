import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Outcome } from '../../../reading'
import { outcomeOf } from '../../../runs/outcome'
import { fakeClock } from '../../../testing/fake-clock'
import { type Edge, type EdgeOptions, type EdgeTold, openEdge } from '../edge'
import { writeDate } from '../http-date'
import { edgeServer } from '../server'

type Headers = Record<string, string | string[]>

/** What the origin answers. `Date` is the clock's unless it is given; '' leaves a field out. */
export interface Answer {
  status?: number
  headers?: Record<string, string | string[] | undefined>
  body?: string
}

/** A request as the origin got it. */
export interface Got {
  method: string
  url: string
  headers: IncomingMessage['headers']
  rawHeaders: string[]
  body: string
}

/** An answer as the client got it. */
export interface Told {
  status: number
  /** A field, its lines joined; '' where there is none. */
  header(name: string): string
  rawHeaders: string[]
  text: string
  outcome: Outcome
}

export interface Ask {
  method?: string
  headers?: Headers
  body?: string
}

/** Bytes of the fields of an answer: the client reads whatever the edge may send. */
const MUCH = 256 * 1024

type Script = Answer | ((got: Got, nth: number) => Answer | Promise<Answer>)
type Handler = (incoming: IncomingMessage, outgoing: ServerResponse, nth: number) => void

/** A scripted origin, an edge before it and a client, over real connections; time stands still unless it is moved. */
export interface Rig {
  edge: Edge
  address: string
  origin: string
  port: number
  clock: ReturnType<typeof fakeClock>
  told: EdgeTold[]
  /** A fresh address at which the origin answers so. */
  path(script: Script): string
  /** The same, with the origin's own response to write. */
  serve(handler: Handler): string
  /** What the origin got at an address, in order. */
  got(path: string): Got[]
  ask(path: string, ask?: Ask): Promise<Told>
  /** Send bytes to the edge, and all that comes back until it closes. */
  raw(text: string): Promise<string>
  close(): Promise<void>
}

export async function openRig(options: Partial<EdgeOptions> = {}): Promise<Rig> {
  const clock = fakeClock()
  const handlers = new Map<string, Handler>()
  const got = new Map<string, Got[]>()
  const counts = new Map<string, number>()
  let paths = 0
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.split('?')[0] ?? ''
    const nth = (counts.get(path) ?? 0) + 1
    counts.set(path, nth)
    outgoing.sendDate = false
    const handler = handlers.get(path)
    if (handler) handler(incoming, outgoing, nth)
    else outgoing.writeHead(404, { 'cache-control': 'no-store' }).end()
  })
  const origin = await listen(server)
  const told: EdgeTold[] = []
  const edge = openEdge({ origin, clock, told: (each) => told.push(each), ...options })
  const front = edgeServer(edge)
  const address = await listen(front)
  const port = Number(new URL(address).port)
  const agent = new Agent({ keepAlive: true })

  const serve = (handler: Handler): string => {
    paths += 1
    const path = `/${paths}`
    handlers.set(path, handler)
    return path
  }
  return {
    edge,
    address,
    origin,
    port,
    clock,
    told,
    serve,
    path(script) {
      const path = serve((incoming, outgoing, nth) => {
        void readBody(incoming).then(async (body) => {
          const { method = '', url = '', headers, rawHeaders } = incoming
          const request: Got = { method, url, headers, rawHeaders, body }
          got.set(path, [...(got.get(path) ?? []), request])
          const answer = typeof script === 'function' ? await script(request, nth) : script
          const fields: Answer['headers'] = { date: writeDate(clock.now()), ...answer.headers }
          for (const [name, value] of Object.entries(fields)) if (value) outgoing.setHeader(name, value)
          outgoing.writeHead(answer.status ?? 200)
          outgoing.end(answer.body ?? `answer ${nth}`)
        })
      })
      return path
    },
    got: (path) => got.get(path) ?? [],
    ask: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const asking = request(address + path, { method, headers, agent, maxHeaderSize: MUCH }, (incoming) => {
          readBody(incoming).then((text) => {
            const status = incoming.statusCode ?? 0
            const header = (name: string) => {
              const lines = incoming.rawHeaders.flatMap((value, i, all) =>
                i % 2 === 1 && all[i - 1]?.toLowerCase() === name ? [value] : [],
              )
              return lines.join(', ')
            }
            const outcome = outcomeOf(status, header('cache-status'))
            resolve({ status, header, rawHeaders: incoming.rawHeaders, text, outcome })
          }, reject)
        })
        asking.on('error', reject)
        asking.end(body)
      }),
    raw: (text) =>
      new Promise((resolve, reject) => {
        let all = ''
        const socket = connect(port, '127.0.0.1', () => socket.write(text))
        socket.setEncoding('latin1')
        socket.on('data', (more: string) => (all += more))
        socket.on('error', reject)
        socket.on('close', () => resolve(all))
      }),
    async close() {
      agent.destroy()
      await edge.close()
      await stop(front)
      await stop(server)
    },
  }
}

/** Listen on loopback; the address. */
export async function listen(server: Server, port = 0): Promise<string> {
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
}

function readBody(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    incoming.setEncoding('utf8')
    incoming.on('data', (more: string) => (text += more))
    incoming.on('end', () => resolve(text))
    incoming.on('error', reject)
  })
}

/** Seconds as ms. */
export const seconds = (s: number): number => s * 1000
