import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fakeClock } from '../testing/fake-clock'
import { guardOf, guardsOf, isRunning } from '../testing/processes'
import { ChildFailed, SETTLED_MS, type ServiceChild, supervise } from './child'
import { BEAT_MS, type Wait } from './heartbeat'
import { nodeCommand } from './node-command'

/** The deadline of the promise: nothing of ours is left two seconds after we are gone. */
const SOON = { timeout: 60_000, interval: 20 }

const shell = (script: string, over: Partial<ServiceChild> = {}): ServiceChild => ({
  name: 'child',
  command: () => ({ command: '/bin/sh', args: ['-c', script] }),
  ready: /^ready (\d+)$/,
  ...over,
})
const folder = () => mkdtempSync(join(tmpdir(), 'hitrate-child-'))

test('a child and its folder are gone soon after its parent was killed', async () => {
  const own = folder()
  const { command, args } = nodeCommand(new URL('../testing/guarded-parent.ts', import.meta.url), own)
  const parent = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
  const pid = Number(line)
  expect(isRunning(pid)).toBe(true)

  parent.kill('SIGKILL')
  await expect.poll(() => isRunning(pid), SOON).toBe(false)
  await expect.poll(() => existsSync(own), SOON).toBe(false)
})

test('stop ends the child, and waits for it and for its folder', async () => {
  const own = folder()
  const child = await supervise(shell('echo "ready $$"; exec sleep 600', { folder: own }))
  await child.stop()
  expect(isRunning(Number(child.match[1]))).toBe(false)
  expect(existsSync(own)).toBe(false)
})

test('a child that ignores the signal is killed after its grace', async () => {
  const child = await supervise(shell('trap "" TERM; echo "ready $$"; while :; do sleep 0.1; done', { graceMs: 200 }))
  await child.stop()
  expect(isRunning(Number(child.match[1]))).toBe(false)
})

test('a child that died is started again, and one line says so', async () => {
  const pids: number[] = []
  const lines: string[] = []
  const own = folder()
  const child = await supervise(
    shell(`echo $$ >> ${own}/pids; echo "ready $$"; exec sleep 600`, { folder: own, log: (line) => lines.push(line) }),
  )
  pids.push(Number(child.match[1]))
  process.kill(pids[0] ?? 0, 'SIGKILL')

  const started = () => readFileSync(join(own, 'pids'), 'utf8').trim().split('\n')
  await expect.poll(started, SOON).toHaveLength(2)
  expect(lines).toEqual(['child ended (signal 9); starting it again'])
  const second = Number(started()[1])
  await child.stop()
  expect(isRunning(second)).toBe(false)
})

describe('a child whose guard was killed', () => {
  const SLOWLY = 'trap "sleep 0.3; exit" TERM; echo "ready $$"; while :; do sleep 0.05; done'
  const DEAF = 'trap "" TERM; echo "ready $$"; while :; do sleep 0.05; done'

  test.each([
    ['the guard alone', SLOWLY, (pid: number) => [guardOf(pid)]],
    ['all that guards it', DEAF, (pid: number) => guardsOf(pid)],
  ])('has ended before the next one starts, which keeps its folder: %s', async (_which, script, killed) => {
    const own = folder()
    const pids: number[] = []
    const runningAtStart: boolean[] = []
    const child = await supervise(
      shell(script, {
        folder: own,
        graceMs: 1_000,
        log: () => {},
        command() {
          runningAtStart.push(pids.some(isRunning))
          mkdirSync(own, { recursive: true })
          return { command: '/bin/sh', args: ['-c', script] }
        },
        started: ([, pid]) => void pids.push(Number(pid)),
      }),
    )
    onTestFinished(() => child.stop())
    // The end of one may bring the end of the next, before it is killed.
    for (const pid of killed(pids[0] ?? 0)) if (isRunning(pid)) process.kill(pid, 'SIGKILL')
    await expect.poll(() => pids.length, { timeout: 60_000 }).toBe(2)
    expect(runningAtStart).toEqual([false, false])
    expect(existsSync(own)).toBe(true)
  })
})

test('a child that can’t be reached any more is ended and started again', async () => {
  const own = folder()
  const socket = join(own, 'socket')
  const child = await supervise(
    shell(`echo $$ >> ${own}/pids; echo "ready $$"; exec sleep 600`, {
      log: () => {},
      reachable: () => existsSync(socket),
      started: () => writeFileSync(socket, ''),
    }),
  )
  onTestFinished(() => child.stop())
  rmSync(socket)
  const pids = () => readFileSync(join(own, 'pids'), 'utf8').trim().split('\n').map(Number)
  await expect.poll(() => pids().map(isRunning)).toEqual([false, true])
  await expect.poll(() => existsSync(socket)).toBe(true)
})

test('a start that fails is tried again, and the reason is shown', async () => {
  const lines: string[] = []
  let starts = 0
  const child = await supervise(
    shell('echo "ready $$"; exec sleep 600', {
      log: (line) => lines.push(line),
      command() {
        starts += 1
        if (starts === 2) throw new Error('there is no folder')
        return { command: '/bin/sh', args: ['-c', starts === 3 ? 'exit 3' : 'echo "ready $$"; exec sleep 600'] }
      },
    }),
  )
  onTestFinished(() => child.stop())
  process.kill(Number(child.match[1]), 'SIGKILL')
  await expect.poll(() => starts, { timeout: 60_000 }).toBe(4)
  expect(lines).toEqual([
    'child ended (signal 9); starting it again',
    'child did not start: there is no folder',
    'child did not start: child ended (exit code 3): no output',
  ])
})

test('a child that ends before it is ready says why', async () => {
  const starting = supervise(shell('echo "no such option" >&2; exit 3'))
  await expect(starting).rejects.toThrow('child ended (exit code 3): no such option')
  await expect(starting).rejects.toBeInstanceOf(ChildFailed)
})

test('a child that is never ready is ended', async () => {
  const starting = supervise(shell('echo $$; exec sleep 600', { readyMs: 50 }))
  const error: unknown = await starting.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ChildFailed)
  expect(String(error)).toContain('is not ready after 0.05 s')
  if (error instanceof ChildFailed && error.lines[0]) expect(isRunning(Number(error.lines[0]))).toBe(false)
})

test('a command that does not exist is told of', async () => {
  const starting = supervise(shell('', { command: () => ({ command: '/no/such/server', args: [] }) }))
  await expect(starting).rejects.toThrow('exit code 127')
})

test('back-off doubles with each start that fails, and begins at the first again once a child has settled', async () => {
  const clock = fakeClock()
  const waited: number[] = []
  let pid = 0
  const child = await supervise(
    shell('echo "ready $$"; exec sleep 600', {
      clock,
      log: () => {},
      wait: async (ms) => void waited.push(ms),
      started: (match) => (pid = Number(match[1])),
    }),
  )
  const killed = async () => {
    const before = pid
    process.kill(before, 'SIGKILL')
    await expect.poll(() => pid).not.toBe(before)
  }
  for (let i = 0; i < 3; i += 1) await killed()
  clock.advance(SETTLED_MS)
  await killed()
  clock.advance(SETTLED_MS + 1)
  await killed()
  expect(waited).toEqual([100, 200, 400, 800, 100])
  await child.stop()
})

test('a child that hangs is killed and replaced, and one line says so', async () => {
  const lines: string[] = []
  const pids: number[] = []
  const heard: string[] = []
  /** Beats run out at once, and the one after an answer never comes. */
  const wait: Wait = (ms) => (ms > BEAT_MS ? new Promise(() => {}) : new Promise((done) => setImmediate(done)))
  const child = await supervise(
    shell('echo "ready $$"; exec sleep 600', {
      wait,
      log: (line) => lines.push(line),
      started: (match) => pids.push(Number(match[1])),
      alive: () => (pids.length === 1 ? new Promise(() => {}) : Promise.resolve()),
      late: () => heard.push('late'),
      ended: () => heard.push('ended'),
    }),
  )
  process.kill(pids[0] ?? 0, 'SIGSTOP')
  await expect.poll(() => pids, { timeout: 60_000 }).toHaveLength(2)
  await expect.poll(() => isRunning(pids[0] ?? 0), SOON).toBe(false)
  expect(heard).toEqual(['late', 'ended'])
  expect(lines[0]).toBe('child has not answered for ten seconds; replacing it')
  await child.stop()
})
