import { describe, expect, it } from 'vitest'
import { catalog } from '@/lib/catalog'
import { planRun } from '@/lib/runs/config'
import { DEFAULT_LOAD, type LoadSettings, loadSetupOf, runRequest } from './load-setup'
import type { CatalogResource, Setup } from './setup'

const resource = { id: 'slow-value', params: {} } as CatalogResource
const setup: Setup = { resource: 'slow-value', strategy: 'memory', ttl: '10', params: {}, to: 'app', headers: {} }

describe('the run config of a set-up', () => {
  it('has a TTL where the strategy’s entries have a date, and none where they have not', () => {
    expect(runRequest(setup, DEFAULT_LOAD, resource, 'a1')).toMatchObject({ strategy: 'memory', ttl: 10, lab: 'a1' })
    expect(runRequest(setup, DEFAULT_LOAD, resource, 'a1', false)).not.toHaveProperty('ttl')
    expect(runRequest({ ...setup, strategy: 'none' }, DEFAULT_LOAD, resource, 'a1')).not.toHaveProperty('ttl')
  })
})

describe('the load of a run config', () => {
  const task = catalog().resources.find(({ id }) => id === 'tasks/{id}') as CatalogResource
  const of = (settings: LoadSettings, from = task) =>
    runRequest({ ...setup, resource: from.id }, loadSetupOf(settings), from, 'a1')
  /** As the server takes it: throws where it does not. */
  const taken = (settings: LoadSettings) => planRun(of(settings), 'a1').config

  it('has a hot set, its share in percent in the form and a part of 1 for the server', () => {
    const hotset = { kind: 'hotset', count: 500, hot: 7, share: 0.07, shift: 50 } as const
    expect(loadSetupOf({ keys: hotset }).share).toBe('7')
    expect(taken({ keys: hotset }).keys).toMatchObject(hotset)
  })
  it('has a recorded list, counted from 1 in the form and from 0 for the server', () => {
    const list = { kind: 'list', list: [0, 4, 4, 9] } as const
    expect(loadSetupOf({ keys: list }).list).toBe('1, 5, 5, 10')
    expect(taken({ keys: list }).keys).toMatchObject({ ...list, count: 10 })
  })
  it('sends what is no key as it is, for the server to find fault with', () => {
    const load = { ...DEFAULT_LOAD, keys: 'list' as const, list: '3 x 4' }
    const request = runRequest({ ...setup, resource: task.id }, load, task, 'a1')
    expect(request.keys?.list).toContain('x')
    expect(() => planRun(request, 'a1')).toThrow('keys.list.2 takes a whole number')
  })
  it('writes where the resource takes writes, and only there', () => {
    expect(taken({ writes: 0.25 }).writes).toBe(0.25)
    expect(of({ writes: 0.25 }, resource)).not.toHaveProperty('writes')
  })
  it('ends after its stages, in the place of a time', () => {
    const stages = [
      { rate: 400, seconds: 0 },
      { rate: 50, seconds: 2.5 },
    ]
    expect(taken({ mode: 'open', rate: 100, stages })).toMatchObject({
      rate: 100,
      durationMs: 2_500,
      stages: [
        { rate: 400, durationMs: 0 },
        { rate: 50, durationMs: 2_500 },
      ],
    })
    expect(taken({ mode: 'open', rate: 100, seconds: 3 })).toMatchObject({ durationMs: 3_000 })
    expect(of({ mode: 'closed', stages })).not.toHaveProperty('stages')
  })
  it('goes through the edge, or to so many workers, and straight to the Next routes where nothing is said', () => {
    expect(taken({})).toMatchObject({ via: 'direct', host: 'next', workers: undefined })
    expect(taken({ via: 'edge' })).toMatchObject({ via: 'edge', host: 'next' })
    expect(taken({ host: 'workers' })).toMatchObject({ host: 'workers', workers: 2 })
    expect(taken({ host: 'workers', workers: 4 })).toMatchObject({ workers: 4 })
    expect(of({ workers: 4 })).not.toHaveProperty('workers')
  })
  it('holds thresholds, a line each', () => {
    const load = { ...DEFAULT_LOAD, thresholds: ' p95 < 50 ms\n\nerrors = 0 \n' }
    expect(runRequest(setup, load, resource, 'a1').thresholds).toEqual(['p95 < 50 ms', 'errors = 0'])
    expect(taken({ thresholds: ['hitRate > 90 %'] }).thresholds).toEqual(['hitRate > 90 %'])
  })
})
