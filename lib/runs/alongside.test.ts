import os from 'node:os'
import { expect, it } from 'vitest'
import { watchAlongside } from './alongside'

const nothingElse = { queuedRuns: () => 0, requests: () => 0 }

/** Works until the kernel has counted `ms` of it for this process. */
function work(ms: number): void {
  const before = process.cpuUsage()
  while (process.cpuUsage(before).user < ms * 1_000) Math.sqrt(Math.random())
}

it('counts what this process works as its own, and as busy', () => {
  const told = watchAlongside(nothingElse)
  work(50)
  const { cores } = told()
  expect(cores.own).toBeGreaterThan(0)
  expect(cores.busy).toBeGreaterThan(0)
  expect(cores.busy).toBeLessThanOrEqual(os.cpus().length)
  expect(cores.own).toBeLessThanOrEqual(os.cpus().length)
})
it('counts requests from when it began to watch, and never less than none', () => {
  let requests = 50
  const told = watchAlongside({ ...nothingElse, requests: () => requests })
  requests = 53
  expect(told().requests).toBe(3)
  requests = 10
  expect(told().requests).toBe(0)
})
