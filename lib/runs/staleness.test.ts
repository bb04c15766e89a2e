import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadHistograms } from './histogram'
import { trackVersions } from './staleness'
import { closeServers, load, ok, serve } from './testing'

beforeAll(loadHistograms)
afterEach(closeServers)

describe('a read is stale', () => {
  it('for as long as a later version had been answered when it was sent', () => {
    const versions = trackVersions()
    versions.wrote(0, 2, 100)
    expect(versions.staleFor(0, 1, 130)).toBe(30)
    versions.wrote(0, 3, 200)
    expect(versions.staleFor(0, 1, 230)).toBe(130)
    expect(versions.staleFor(0, 2, 230)).toBe(30)
    expect(versions.staleFor(0, 3, 230)).toBe(undefined)
  })

  it('not where the write was answered only after it was sent', () => {
    const versions = trackVersions()
    versions.wrote(0, 2, 100)
    expect(versions.staleFor(0, 1, 99.9)).toBe(undefined)
    expect(versions.staleFor(0, 1, 100)).toBe(0)
    versions.wrote(0, 3, 200)
    expect(versions.staleFor(0, 2, 150)).toBe(undefined)
    expect(versions.staleFor(0, 1, 150)).toBe(50)
  })

  it('not for what another has written since, nor for a key that was not written', () => {
    const versions = trackVersions()
    versions.wrote(4, 7, 100)
    expect(versions.staleFor(4, 9, 200)).toBe(undefined)
    expect(versions.staleFor(5, 1, 200)).toBe(undefined)
  })

  it('from the first answer that told of a later version, in whatever order they came', () => {
    const versions = trackVersions()
    versions.wrote(0, 3, 100)
    versions.wrote(0, 2, 120)
    expect(versions.staleFor(0, 1, 130)).toBe(30)
    expect(versions.staleFor(0, 2, 130)).toBe(30)
    expect(versions.staleFor(0, 3, 130)).toBe(undefined)
  })

  it('though so much was written since that its moment is forgotten', () => {
    const versions = trackVersions()
    for (let n = 1; n <= 1_000; n += 1) versions.wrote(0, n, n)
    expect(versions.staleFor(0, 0, 2_000)).toBe(2_000 - 745)
    expect(versions.staleFor(0, 998, 2_000)).toBe(2_000 - 999)
  })
})

describe('a run with writes', () => {
  /** A server that answers reads with the version that it had so many writes ago. */
  const lagging = (writes: number) => {
    let version = 1
    return serve((request, response) => {
      if (request.method === 'PATCH') version += 1
      const told = request.method === 'PATCH' ? version : Math.max(version - writes, 1)
      request.resume().on('end', () => ok(response, { 'x-version': String(told) }))
    })
  }
  /** One client, so that each answer has come before the next request is sent. */
  const mixed = async (address: string, writes = 0.5) =>
    load(address, { requests: 200, connections: 1, writes }, { bodies: ['{}'] })

  it('has every read stale that is given what was there before the last write', async () => {
    const { measured, told, samples } = await mixed(await lagging(1))
    const firstWrite = samples.find(({ method }) => method === 'PATCH')?.n ?? 0
    const stale = samples.filter(({ staleMs }) => staleMs !== undefined)
    const written = samples.filter(({ method }) => method === 'PATCH')
    expect(written.every(({ outcome, version }) => outcome === 'bypass' && (version ?? 0) > 1)).toBe(true)
    expect(stale.every(({ n, method }) => method === 'GET' && n > firstWrite)).toBe(true)
    // All but the reads before the first write.
    const { requests, rate, ageMs } = measured.stale ?? { requests: 0, rate: 0, ageMs: { p50: 0, p95: 0, max: 0 } }
    expect(requests).toBe(measured.requests - (firstWrite - 1))
    expect(stale.length).toBe(requests)
    expect(rate).toBeCloseTo(requests / measured.requests, 10)
    expect(ageMs.p50).toBeGreaterThan(0)
    expect(ageMs.max).toBeGreaterThanOrEqual(ageMs.p95)
    const last = told.findLast((each) => each.kind === 'progress')
    expect(last?.kind === 'progress' && last.window.staleRate).toBeGreaterThan(0)
  })

  it('has none stale where reads show the last write', async () => {
    const { measured } = await mixed(await lagging(0))
    expect(measured.stale).toEqual({ requests: 0, rate: 0, ageMs: { p50: 0, p95: 0, max: 0 } })
  })

  it('has nothing to say of staleness where nothing is written', async () => {
    const { measured, told } = await mixed(await lagging(1), 0)
    expect(measured.stale).toBe(null)
    expect(told.every((each) => each.kind === 'end' || each.window.staleRate === null)).toBe(true)
  })
})
