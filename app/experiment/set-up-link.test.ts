import { describe, expect, it } from 'vitest'
import { DEFAULT_LOAD, loadSetupOf } from '@/app/panels/load-setup'
import { setupOf } from '@/app/panels/setup'
import type { Catalog } from '@/lib/catalog'
import { type PanelSetup, setUpFrom, setUpLink } from './set-up-link'

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
      headers: [],
    },
  ],
} as unknown as Catalog
const place = { lesson: 'a-lesson', experiment: 'two-workers', panel: 'load' }
const searchOf = (link: string) => new URL(link, 'http://x').search
const before: PanelSetup = { setup: setupOf(catalog, { resource: 'slow-value' }), load: DEFAULT_LOAD }

describe('a link to a set-up', () => {
  const set: PanelSetup = {
    setup: setupOf(catalog, { resource: 'tasks/{id}', strategy: 'memory', ttl: 5, params: { id: 7 } }),
    load: loadSetupOf({ requests: 50, keys: { kind: 'zipf', count: 9, s: 0.8 }, seed: 42, warmup: 2 }),
  }
  const link = setUpLink(catalog, place, set)

  it('leads to the experiment', () => {
    const { pathname, searchParams, hash } = new URL(link, 'http://x')
    expect([pathname, searchParams.get('x'), hash]).toEqual(['/lessons/a-lesson', 'two-workers', '#two-workers'])
    expect(searchParams.get('seed')).toBe('42')
  })
  it('sets the panel up as it was', () => {
    expect(setUpFrom(catalog, place, searchOf(link), before)).toEqual(set)
  })
  it('says what is the default, too: the panel it opens on may have another', () => {
    const other: PanelSetup = { setup: set.setup, load: loadSetupOf({ requests: 7, seed: 3, mode: 'open' }) }
    const plain = setUpLink(catalog, place, { ...before, load: DEFAULT_LOAD })
    expect(setUpFrom(catalog, place, searchOf(plain), other)).toEqual({
      setup: { ...before.setup, params: { delay: '200' } },
      load: DEFAULT_LOAD,
    })
  })
  it('holds keys, writes, stages and thresholds, there and back', () => {
    const load = loadSetupOf({
      mode: 'open',
      keys: { kind: 'hotset', count: 50, hot: 5, share: 0.8, shift: 20, list: [3, 1, 3] },
      writes: 0.1,
      stages: [
        { rate: 300, seconds: 0 },
        { rate: 20, seconds: 1.5 },
      ],
      thresholds: ['p99.9 < 50 ms', 'hitRate >= 90 %'],
    })
    const link = setUpLink(catalog, place, { ...set, load })
    expect(setUpFrom(catalog, place, searchOf(link), before)?.load).toEqual(load)
    // What the panel had goes, too, where the link has none.
    const none = setUpLink(catalog, place, { ...set, load: DEFAULT_LOAD })
    expect(setUpFrom(catalog, place, searchOf(none), { ...set, load })?.load).toEqual(DEFAULT_LOAD)
  })
  it('is for one panel of one experiment', () => {
    expect(setUpFrom(catalog, { ...place, panel: 'request' }, searchOf(link), before)).toBeUndefined()
    expect(setUpFrom(catalog, { ...place, experiment: 'another' }, searchOf(link), before)).toBeUndefined()
    expect(setUpFrom(catalog, place, '?cache=memory', before)).toBeUndefined()
  })
  it('leaves what it does not say, and what there is not', () => {
    expect(setUpFrom(catalog, place, '?x=two-workers&cache=memory&resource=gone&loop=odd&c=9', set)).toMatchObject({
      setup: { strategy: 'memory' },
      load: { connections: '9', mode: 'closed', seed: '42' },
    })
  })
  it('has no load for a panel without', () => {
    const request = setUpLink(catalog, { ...place, panel: 'request' }, { setup: set.setup })
    expect(request).not.toContain('seed=')
    expect(setUpFrom(catalog, { ...place, panel: 'request' }, searchOf(request), { setup: before.setup })).toEqual({
      setup: set.setup,
    })
  })
})
