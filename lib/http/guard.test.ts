import { describe, expect, it } from 'vitest'
import { guard } from './guard'

const ask = (headers: Record<string, string>) => new Request('http://127.0.0.1:3000/api/lab', { headers })
const own = { host: '127.0.0.1:3000' }

describe('guard', () => {
  it.each([
    ['a program', own],
    ['localhost by name', { host: 'localhost:3000' }],
    ['IPv6 loopback', { host: '[::1]:3000' }],
    ['a name below localhost', { host: 'app.localhost:3000' }],
    ['our own page', { ...own, origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }],
    ['an address typed into the browser', { ...own, 'sec-fetch-site': 'none' }],
  ])('lets %s pass', (_who, headers) => {
    expect(guard(ask(headers))).toBeUndefined()
  })

  it.each([
    ['a rebound name', { host: 'evil.example:3000' }, 'foreign-host'],
    ['a name that only begins like ours', { host: '127.0.0.1.evil.example' }, 'foreign-host'],
    ['no host at all', {}, 'foreign-host'],
    ['another site’s page', { ...own, origin: 'http://evil.example' }, 'foreign-origin'],
    ['a page on another port', { ...own, origin: 'http://127.0.0.1:4000' }, 'foreign-origin'],
    ['a sandboxed page', { ...own, origin: 'null' }, 'foreign-origin'],
    ['an image on another site', { ...own, 'sec-fetch-site': 'cross-site' }, 'foreign-origin'],
    ['a page on a sibling port', { ...own, 'sec-fetch-site': 'same-site' }, 'foreign-origin'],
  ])('refuses %s', (_who, headers, code) => {
    expect(guard(ask(headers))?.code).toBe(code)
  })

  it('takes the host names that the settings add', () => {
    expect(guard(ask({ host: 'classroom.local:3000' }), ['classroom.local'])).toBeUndefined()
  })
})
