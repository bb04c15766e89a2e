import { describe, expect, test } from 'vitest'
import { OWN_ADDRESSES } from '../http/own-addresses'
import { isExposed, readOptions, urlOf } from './options'

const read = (env: Record<string, string>, ...args: string[]) => readOptions(env as NodeJS.ProcessEnv, args)

test('listens on loopback at 3000 where nothing else is asked for', () => {
  expect(read({})).toEqual({ port: 3000, host: '127.0.0.1', hosts: [], dev: false })
})

test.each(['abc', '', '-1', '3000.5', '65536', '1e3', ' 80', '0x50'])('refuses PORT=%j in one line', (PORT) => {
  expect(() => read({ PORT })).toThrow(/^PORT is .*: it takes a whole number from 0 .* to 65535\.$/)
})

test.each(['0', '1', '65535'])('takes PORT=%s', (PORT) => {
  expect(read({ PORT }).port).toBe(Number(PORT))
})

test('hosts are trimmed and compared in lower case', () => {
  expect(read({ HITRATE_HOSTS: ' Course.Test, lab-1 ,,[fe80::1]' }).hosts).toEqual([
    'course.test',
    'lab-1',
    '[fe80::1]',
  ])
})

test.each(['http://course.test', 'course.test:3000', 'a b', '*'])('refuses HITRATE_HOSTS=%j', (HITRATE_HOSTS) => {
  expect(() => read({ HITRATE_HOSTS })).toThrow('HITRATE_HOSTS')
})

test('an address that it listens on is a name of its own', () => {
  expect(read({ HOST: '192.168.1.5' }).hosts).toEqual(['192.168.1.5'])
})

test.each(['0.0.0.0', '::'])('HOST=%s takes every address of this machine', (HOST) => {
  expect(read({ HOST, HITRATE_HOSTS: 'course.test' }).hosts).toEqual(['course.test', OWN_ADDRESSES])
})

test('refuses arguments that it does not know', () => {
  expect(() => read({}, '--port=1')).toThrow('Unknown argument --port=1')
})

describe('addresses', () => {
  test.each([
    ['127.0.0.1', false, 'http://127.0.0.1:80'],
    ['127.0.0.2', false, 'http://127.0.0.2:80'],
    ['localhost', false, 'http://localhost:80'],
    ['::1', false, 'http://[::1]:80'],
    ['0.0.0.0', true, 'http://127.0.0.1:80'],
    ['::', true, 'http://127.0.0.1:80'],
    ['192.168.1.5', true, 'http://192.168.1.5:80'],
  ])('%s', (host, exposed, url) => {
    expect(isExposed(host)).toBe(exposed)
    expect(urlOf(host, 80)).toBe(url)
  })
})
