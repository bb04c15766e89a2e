import { describe, expect, it } from 'vitest'
import { Problem } from '../http/problem'
import { readParams, variesBy, writeQuery } from './params'
import type { Params } from './resource'

const params = {
  id: { kind: 'number', in: 'path', min: 1, max: 100, default: 1, about: '' },
  ttl: { kind: 'number', in: 'query', min: 0.1, max: 86_400, default: 10, decimals: 3, about: '' },
  plan: { kind: 'choice', in: 'query', options: ['a', 'b'], default: 'a', about: '' },
} as const satisfies Params

const read = (query: string, id = '7') => readParams(params, new URLSearchParams(query), { id })
const problemOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, ...error.info }
  }
}

describe('readParams', () => {
  it('fills in what was not sent', () => {
    expect(read('')).toEqual({ id: 7, ttl: 10, plan: 'a' })
    expect(read('ttl=0.1&plan=b')).toEqual({ id: 7, ttl: 0.1, plan: 'b' })
  })

  it.each([
    'ttl=0',
    'ttl=86401',
    'ttl=-1',
    'ttl=',
    'ttl=1e3',
    'ttl=0x10',
    'ttl=NaN',
    'ttl=Infinity',
    'ttl=%201',
    'ttl=1.2345',
    'ttl=١',
    'plan=c',
    'plan=A',
    'ttl=1&ttl=2',
  ])('refuses %s and names the parameter, what was given and what is accepted', (query) => {
    const refused = problemOf(() => read(query))
    expect(refused).toMatchObject({ code: 'invalid-parameter', parameter: query.split('=')[0] })
    expect(refused?.given).toBeDefined()
    expect(refused?.accepted).toBeTruthy()
  })

  it('refuses a parameter that there is not', () => {
    expect(problemOf(() => read('colour=red'))).toMatchObject({
      code: 'unknown-parameter',
      parameter: 'colour',
      given: 'red',
      accepted: 'ttl, plan',
    })
  })

  it('takes a path’s value from the path alone', () => {
    expect(problemOf(() => read('id=9'))?.code).toBe('unknown-parameter')
    expect(problemOf(() => read('', '0'))?.parameter).toBe('id')
    expect(problemOf(() => read('', '1.5'))?.parameter).toBe('id')
  })

  it('cuts what was given short in the answer', () => {
    expect(problemOf(() => read(`ttl=${'9'.repeat(5_000)}`))?.given?.length).toBeLessThan(120)
  })
})

describe('a parameter from a header', () => {
  const greeted = {
    id: params.id,
    'X-Name': { kind: 'text', in: 'header', pattern: /^[a-z]{1,5}$/, accepted: 'a to z', default: 'you', about: '' },
  } as const satisfies Params
  const name = (headers?: HeadersInit, query = '') =>
    readParams(greeted, new URLSearchParams(query), { id: '1' }, headers && new Headers(headers))['X-Name']

  it('is taken from the header, whatever the case of its name', () => {
    expect(name({ 'x-name': 'ada' })).toBe('ada')
  })

  it.each([[undefined], [{}], [{ 'X-Name': '' }], [{ 'X-Name': 'Ada' }], [{ 'X-Name': 'abcdef' }]])(
    'counts as its default where it was not sent or does not fit: %j',
    (headers) => expect(name(headers)).toBe('you'),
  )

  it('is no parameter of a query', () => {
    expect(problemOf(() => name({}, 'X-Name=ada'))).toMatchObject({ code: 'unknown-parameter', parameter: 'X-Name' })
    expect(writeQuery(greeted, { 'X-Name': 'ada' }).toString()).toBe('')
  })

  it('is what the answer varies by', () => {
    expect(variesBy(greeted)).toEqual(['X-Name'])
    expect(variesBy(params)).toEqual([])
  })
})

it('writeQuery writes what differs from the default', () => {
  expect(writeQuery(params, { id: 3, ttl: 10, plan: 'b' }).toString()).toBe('plan=b')
})
