import { describe, expect, it } from 'vitest'
import type { Catalog } from '@/lib/catalog'
import { isShown, requestPath, resourceOf, runParams, setupOf } from './setup'

const catalog = {
  strategies: [{ id: 'none' }, { id: 'memory' }],
  resources: [
    {
      id: 'tasks/{id}',
      strategy: 'none',
      ttl: 120,
      params: {
        id: { kind: 'number', in: 'path', min: 1, max: 9, default: 1 },
        plan: { kind: 'choice', in: 'query', options: ['join', 'n-plus-one'], default: 'join' },
        slow: { kind: 'number', in: 'query', min: 0, max: 9, default: 0, seldom: true },
      },
    },
  ],
} as unknown as Catalog
const resource = resourceOf(catalog, 'tasks/{id}')
const path = (setup: Parameters<typeof setupOf>[1]) => requestPath(setupOf(catalog, setup), resource, 'a1')

describe('the parameters of a form', () => {
  const shown = (setup: Parameters<typeof setupOf>[1]) =>
    Object.entries(resource.params)
      .filter(([name, param]) => isShown(setupOf(catalog, setup), name, param))
      .map(([name]) => name)
  it('are those that are often needed, and others where the set-up names them', () => {
    expect(shown({})).toEqual(['id', 'plan'])
    expect(shown({ params: { slow: 0 } })).toEqual(['id', 'plan', 'slow'])
  })
})

describe('the address of a set-up', () => {
  it('fills the path, leaves defaults out, and names the lab', () => {
    expect(path({ resource: 'tasks/{id}' })).toBe('/api/tasks/1?cache=none&lab=a1')
    expect(path({ strategy: 'memory', params: { id: 7, plan: 'n-plus-one' } })).toBe(
      '/api/tasks/7?plan=n-plus-one&cache=memory&ttl=120&lab=a1',
    )
  })
  it('has no TTL where the strategy’s entries have no date', () => {
    const undated = setupOf(catalog, { resource: 'tasks/{id}', strategy: 'memory' })
    expect(requestPath(undated, resource, 'a1', false)).toBe('/api/tasks/1?cache=memory&lab=a1')
  })
  it('keeps what was typed inside its place', () => {
    expect(path({ params: { id: '../../x?y' } })).toBe('/api/tasks/..%2F..%2Fx%3Fy?cache=none&lab=a1')
  })
  it('has numbers for a run where there are numbers', () => {
    const params = runParams(setupOf(catalog, { params: { id: '7' } }), resource)
    expect(params).toEqual({ id: 7, plan: 'join', slow: 0 })
    expect(runParams(setupOf(catalog, { params: { id: '' } }), resource).id).toBe('')
  })
  it('does not take a resource or strategy that is not there', () => {
    expect(() => setupOf(catalog, { resource: 'gone' })).toThrow('gone')
    expect(() => setupOf(catalog, { strategy: 'gone' })).toThrow('gone')
  })
})
