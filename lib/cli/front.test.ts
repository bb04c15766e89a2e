import { once } from 'node:events'
import type { IncomingHttpHeaders, Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { listenOnLoopback } from '../http/node'
import { pathOf } from '../http/request-head'
import { createHttpServer } from '../http/server'
import type { ProcessStates } from '../processes/routes'
import { front, guardUpgrades } from './front'

let server: Server
let port: number
/** What stands beside the app. */
let states: ProcessStates | undefined

beforeAll(async () => {
  server = createHttpServer(
    front({
      hosts: ['course.test'],
      address: () => 'http://127.0.0.1:3000',
      processes: () => states,
      policy: (path) => `policy of ${path}`,
      async next(request, response) {
        if (request.url === '/broken') throw new Error('a page that fails')
        response.end(`next saw ${request.url}`)
      },
    }),
  )
  guardUpgrades(server, ['course.test'])
  server.on('upgrade', (_, socket) => socket.end('upgraded'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

/** Send a request line as it is: no client between would let most of these out. */
async function raw(line: string, host = `127.0.0.1:${port}`, body = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  // Not ended: Node takes a client that ends its side for one that is gone.
  socket.write(`${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n${body}`)
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text
  })
  await once(socket, 'close')
  return answer
}

describe('targets', () => {
  test.each([
    'GET http://evil.test/',
    'GET http://127.0.0.1/healthz',
    'OPTIONS *',
    'GET //evil.test/',
    'GET /\\evil.test',
    'GET /%',
    'GET /%zz',
    'GET /%ff',
    'GET /%00',
    'GET /a%0d%0aSet-Cookie:x',
    'GET /%7f',
    'GET /?lab=%',
    'GET /?lab=%00',
  ])('refuses %s', async (line) => {
    const answer = await raw(line)
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer).toContain('application/problem+json')
    expect(answer).toContain('"code":"invalid-target"')
    expect(answer).toContain('x-content-type-options: nosniff')
  })

  test.each(['/', '/lessons/ttl?view=a%20b', '/a%2Fb', '/caf%C3%A9', '/../etc/passwd', '/?q=line%0Abreak'])(
    'lets %s through as it came',
    async (target) => {
      expect(await raw(`GET ${target}`)).toContain(`next saw ${target}`)
    },
  )

  test('a path is decoded for its policy', () => {
    expect(pathOf('/lessons/%74tl?x=/other')).toBe('/lessons/ttl')
  })
})

describe('hosts', () => {
  test.each(['evil.test', '127.0.0.1.evil.test', 'localhost.evil.test:80', '', '2130706433'])(
    'refuses %s',
    async (host) => {
      const answer = await raw('GET /', host)
      expect(answer).toMatch(/^HTTP\/1.1 421 /)
      expect(answer).toContain('"code":"foreign-host"')
    },
  )

  test.each(['localhost', 'LOCALHOST:80', '[::1]:3000', 'course.test', 'course.test:8080'])(
    'takes %s',
    async (host) => {
      expect(await raw('GET /', host)).toContain('next saw /')
    },
  )
})

describe('cookies', () => {
  const page = (line: string, ...fields: string[]) =>
    raw(line, ['course.test', 'Accept: text/html,*/*;q=0.8', ...fields].join('\r\n'))
  const given = (answer: string) => [...answer.matchAll(/^set-cookie: (.*)\r$/gm)].map(([, cookie = '']) => cookie)
  const kept = (cookies: string[]) => `Cookie: ${cookies.map((cookie) => cookie.split(';')[0]).join('; ')}`

  test('come with a page, also to a browser that sends no Sec-Fetch-*: a lab and a learner of 128 random bits', async () => {
    const first = given(await page('GET /'))
    expect(first).toEqual([
      expect.stringMatching(/^hitrate-lab-3000=[0-9a-f]{32}; Path=\/; Max-Age=31536000; SameSite=Lax; HttpOnly$/),
      expect.stringMatching(/^hitrate-learner-3000=[0-9a-f]{32}; Path=\/; Max-Age=34560000; SameSite=Lax; HttpOnly$/),
    ])
    expect(given(await page('GET /'))).not.toEqual(first)
  })

  test('stay the same for a full term more, and one that is missing is added', async () => {
    const first = given(await page('HEAD /lessons'))
    expect(given(await page('GET /playground', kept(first)))).toEqual(first)
    const [lab, learner] = given(await page('GET /playground', kept(first.slice(1))))
    expect(lab).not.toBe(first[0])
    expect(learner).toBe(first[1])
  })

  test('of another shape are replaced', async () => {
    expect(given(await page('GET /', 'Cookie: hitrate-learner-3000=../x'))[1]).toMatch(/=[0-9a-f]{32};/)
  })

  test('are never in a page that a shared cache may keep', async () => {
    expect(await page('GET /')).toContain('cache-control: private, no-cache\r\n')
  })

  test.each(['GET /api/lab', 'GET /_next/static/a.js', 'GET /healthz', 'POST /'])(
    'do not come with %s',
    async (line) => {
      expect(given(await page(line))).toEqual([])
    },
  )

  test('do not come to a client that is about to show no page', async () => {
    expect(given(await raw('GET /', 'course.test\r\nAccept: */*'))).toEqual([])
  })
})

describe('processes beside the app', () => {
  const seen: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = []
  const helper = createHttpServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      const { url, headers } = request
      seen.push({ url, headers, body })
      if (url === '/cut') {
        request.socket.destroy()
        return
      }
      const fields = ['Cache-Status', 'edge; hit; ttl=9', 'Age', '3', 'Connection', 'x-hop', 'X-Hop', '1']
      const policy = ['Content-Security-Policy', "script-src 'self'"]
      const cookies = ['Set-Cookie', 'hitrate-lab-3000=x', 'Set-Cookie', 'visitor=y']
      response.writeHead(200, [...fields, ...policy, ...cookies])
      // An event stream stays open: its head has to arrive all the same.
      if (url === '/events') response.flushHeaders()
      else response.end(`helper saw ${url}`)
    })
  })
  let address = ''
  beforeAll(async () => {
    address = `http://127.0.0.1:${await listenOnLoopback(helper, 0)}`
  })
  beforeEach(() => {
    seen.length = 0
    const worker = { number: 2, worker: '7', address, ready: true, restarts: 0 }
    states = { edge: { address, careless: address, ready: true, restarts: 0 }, workers: [worker] }
  })
  afterAll(() => {
    helper.close()
    helper.closeAllConnections()
  })

  test.each([
    ['/edge/api/tasks/1?ttl=9', '/api/tasks/1?ttl=9'],
    ['/careless/', '/'],
    ['/workers/2/a%2Fb//c', '/a%2Fb//c'],
  ])('get %s as %s', async (target, forwarded) => {
    const answer = await raw(`GET ${target}`)
    expect(answer).toContain(`helper saw ${forwarded}`)
    expect(seen[0]?.headers.host).toBe(new URL(address).host)
  })

  test('have their fields sent as they are, but for those of the connection', async () => {
    const answer = await raw('GET /edge/api')
    expect(answer).toContain('Cache-Status: edge; hit; ttl=9\r\nAge: 3\r\n')
    expect(answer).not.toMatch(/x-hop/i)
  })

  test('neither get the app’s cookies nor set them, nor say what a page may do', async () => {
    const answer = await raw('GET /edge/', '127.0.0.1\r\nCookie: hitrate-lab-3000=mine\r\nAccept: text/html')
    expect(seen[0]?.headers).not.toHaveProperty('cookie')
    expect(answer).not.toContain('hitrate-lab')
    expect(answer).toContain('Set-Cookie: visitor=y\r\n')
    expect(answer).toContain('content-security-policy: policy of /edge/\r\n')
  })

  test('are asked by pages of the app as by their own, and by programs as by programs', async () => {
    const page = 'course.test\r\nOrigin: http://course.test\r\nReferer: http://course.test/playground'
    const body = '{"title":"Written"}'
    const fields = `Content-Type: application/json\r\nContent-Length: ${body.length}`
    await raw('PATCH /workers/2/api/tasks/1', `${page}\r\n${fields}`, body)
    await raw('GET /workers/2/api/tasks/1', '127.0.0.1')
    const [ofPage, ofProgram] = seen
    expect(ofPage?.body).toBe(body)
    expect(ofPage?.headers).toMatchObject({ 'sec-fetch-site': 'same-origin', via: '1.1 hitrate' })
    expect(ofPage?.headers).not.toHaveProperty('origin')
    expect(ofProgram?.headers).not.toHaveProperty('sec-fetch-site')
  })

  test('are not asked by pages of other sites', async () => {
    for (const field of ['Origin: http://evil.test', 'Sec-Fetch-Site: cross-site']) {
      expect(await raw('GET /edge/', `127.0.0.1\r\n${field}`)).toMatch(/^HTTP\/1.1 403 /)
    }
    expect(await raw('GET /edge/', 'evil.test')).toMatch(/^HTTP\/1.1 421 /)
    expect(seen).toEqual([])
  })

  test('send a head before there is a body', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /workers/2/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    const [head] = (await once(socket, 'data')) as [Buffer]
    expect(head.toString()).toMatch(/^HTTP\/1.1 200 /)
    socket.destroy()
  })

  test('that are unavailable are a 503 with a code', async () => {
    expect(await raw('GET /edge/cut')).toMatch(/^HTTP\/1.1 503 /)
    states = {
      edge: { address: 'http://127.0.0.1:1', careless: 'http://127.0.0.1:1', ready: false, restarts: 0 },
      workers: [],
    }
    for (const target of ['/edge/', '/careless/', '/workers/2/']) {
      const answer = await raw(`GET ${target}`)
      expect(answer).toMatch(/^HTTP\/1.1 503 /)
      expect(answer).toContain('"code":"process-unavailable"')
    }
    states = undefined
    expect(await raw('GET /edge/')).toContain('"code":"process-unavailable"')
  })

  test.each(['/edge', '/edge?x', '/workers/', '/workers/0/', '/workers/123/', '/Edge/'])(
    'do not have %s',
    async (target) => {
      expect(await raw(`GET ${target}`)).toContain(`next saw ${target}`)
    },
  )
})

describe('sockets', () => {
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket'
  const open = (host: string, origin: string) => raw('GET /_next/hmr', `${host}\r\nOrigin: ${origin}\r\n${upgrade}`)

  test('are refused to pages of other sites and by names that are not ours', async () => {
    expect(await open('127.0.0.1:80', 'http://evil.test')).toMatch(/^HTTP\/1\.1 403 /)
    expect(await open('evil.test', 'http://evil.test')).toMatch(/^HTTP\/1\.1 403 /)
  })

  test('are open to our own', async () => {
    expect(await open('course.test', 'http://course.test')).toBe('upgraded')
  })
})

test('a page that rejects is answered with a problem', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  const answer = await raw('GET /broken')
  expect(answer).toMatch(/^HTTP\/1\.1 500 /)
  expect(answer).toContain('"code":"internal-error"')
  expect(logged).toHaveBeenCalledOnce()
  logged.mockRestore()
})

test('every answer carries the security headers and the policy of its path', async () => {
  const answer = await raw('GET /playground')
  for (const header of [
    'content-security-policy: policy of /playground',
    'x-content-type-options: nosniff',
    'x-frame-options: DENY',
    'referrer-policy: same-origin',
    'cross-origin-opener-policy: same-origin',
    'cross-origin-resource-policy: same-origin',
    'permissions-policy: ',
  ]) {
    expect(answer).toContain(header)
  }
})

test('a page over plain HTTP has no field that its browser reports as an error', async () => {
  expect(await raw('GET /playground', 'course.test')).not.toContain('cross-origin-opener-policy')
})
