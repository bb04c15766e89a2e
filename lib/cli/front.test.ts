import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { pathOf } from '../http/request-head'
import { createHttpServer } from '../http/server'
import { front, guardUpgrades } from './front'

let server: Server
let port: number

beforeAll(async () => {
  server = createHttpServer(
    front({
      hosts: ['course.test'],
      address: () => 'http://127.0.0.1:3000',
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
async function raw(line: string, host = `127.0.0.1:${port}`): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(`${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
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
