import { describe, expect, it } from 'vitest'
import { DEFAULT_LOAD, heyNote, runRequest } from './load-setup'
import type { CatalogResource, Setup } from './setup'

const resource = { id: 'slow-value', params: {} } as CatalogResource
const setup: Setup = { resource: 'slow-value', strategy: 'memory', ttl: '10', params: {} }

describe('the run config of a set-up', () => {
  it('has a TTL where the strategy’s entries have a date, and none where they have not', () => {
    expect(runRequest(setup, DEFAULT_LOAD, resource, 'a1')).toMatchObject({ strategy: 'memory', ttl: 10, lab: 'a1' })
    expect(runRequest(setup, DEFAULT_LOAD, resource, 'a1', false)).not.toHaveProperty('ttl')
    expect(runRequest({ ...setup, strategy: 'none' }, DEFAULT_LOAD, resource, 'a1')).not.toHaveProperty('ttl')
  })
})

describe('what to know of hey', () => {
  it.each(['http', 'no-cache'])('says of %s that hey keeps no cache', (id) => {
    expect(heyNote({ id, http: true }, DEFAULT_LOAD)).toContain(`with ${id} every answer is made anew`)
  })
  it('says of a tier of the server’s that it is the same load', () => {
    expect(heyNote({ id: 'lru', http: false }, DEFAULT_LOAD)).toContain('show up in the log here')
    expect(heyNote({ id: 'lru', http: false }, DEFAULT_LOAD)).not.toContain('anew')
  })
})
