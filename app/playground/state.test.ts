import { describe, expect, it } from 'vitest'
import { type Catalog, catalog as courseCatalog } from '@/lib/catalog'
import { DEFAULT_LOAD } from '../panels/load-setup'
import { addressNames, loadOf, loadQuery, setupFrom, setupQuery } from './state'

const catalog = {
  strategies: [{ id: 'none' }, { id: 'memory' }],
  resources: [
    {
      id: 'slow-value',
      strategy: 'none',
      ttl: 10,
      params: { delay: { kind: 'number', in: 'query', default: 200 } },
      headers: [],
    },
    {
      id: 'tasks/{id}',
      strategy: 'none',
      ttl: 120,
      params: { id: { kind: 'number', in: 'path', default: 1 } },
      headers: [{ name: 'X-Asked' }],
    },
  ],
} as unknown as Catalog

describe('the playground’s address', () => {
  it('holds all of a load, there and back', () => {
    const load = { ...DEFAULT_LOAD, via: 'edge', host: 'workers', workers: '3', requests: '7' } as const
    expect(loadQuery(load)).toMatchObject({ via: 'edge', host: 'workers', workers: '3', n: '7' })
    expect(loadOf(loadQuery(load))).toEqual(load)
  })
  it('holds nothing for the default, and gives it back', () => {
    const setup = setupFrom(catalog, {})
    expect(Object.values(setupQuery(catalog, setup)).every((value) => value === null)).toBe(true)
  })
  it('holds what differs, there and back', () => {
    const setup = setupFrom(catalog, {
      resource: 'tasks/{id}',
      cache: 'memory',
      ttl: '5',
      id: '7',
      delay: '9',
      to: 'edge',
      'X-Asked': 'a',
    })
    expect(setup).toEqual({
      resource: 'tasks/{id}',
      strategy: 'memory',
      ttl: '5',
      params: { id: '7' },
      to: 'edge',
      headers: { 'X-Asked': 'a' },
    })
    expect(setupQuery(catalog, setup)).toEqual({
      resource: 'tasks/{id}',
      cache: 'memory',
      ttl: '5',
      id: '7',
      delay: null,
      to: 'edge',
      'X-Asked': 'a',
    })
  })
  it('has no name twice, in whatever case: each belongs to one thing', () => {
    const names = Object.values(addressNames(courseCatalog())).flatMap((group) =>
      group.map((name) => name.toLowerCase()),
    )
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    expect(names).toEqual(expect.arrayContaining(['x', 'ttl', 'n', 'delay', 'accept-language']))
  })
  it('passes over what there is not', () => {
    expect(setupFrom(catalog, { resource: 'gone', cache: 'gone', to: 'gone' })).toMatchObject({
      resource: 'slow-value',
      strategy: 'none',
      to: 'app',
    })
  })
})
