import { type ChildProcess, spawn as spawnProcess } from 'node:child_process'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import type { Measured } from '../../runs/figures'
import { nothingMeasured } from '../../runs/figures'
import type { Job } from '../../runs/job'
import type { Spawn } from '../../runs/spawn'
import { closeServers, generateHere, ok, serve } from '../../runs/testing'
import { usableUnless } from '../../runs/usable'
import { EXIT, runLoad } from './run-load'

/** The command without its process, against real servers of the test's own. */

afterEach(closeServers)

interface Settings {
  env?: Record<string, string>
  spawn?: Spawn
  interrupted?: AbortSignal
  tty?: boolean
}

async function run(argv: string[], { env = {}, spawn = generateHere, interrupted, tty = false }: Settings = {}) {
  const written = { stdout: '', stderr: '' }
  const sink = (name: keyof typeof written) => ({
    isTTY: tty,
    write: (text: string) => (written[name] += text),
  })
  const code = await runLoad(argv, {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env: env as NodeJS.ProcessEnv,
    spawn,
    interrupted,
  })
  return { code, ...written }
}

/** Notes what it is asked for; half of its answers are hits. */
async function counting() {
  const paths: string[] = []
  const address = await serve((request, response) => {
    paths.push(request.url ?? '')
    ok(response, paths.length % 2 === 0 ? { 'cache-status': 'redis; hit; ttl=9' } : {})
  })
  return { address, paths }
}

const tooBusy = usableUnless('generator-busy')

/** A generator that has measured exactly this. */
const measuring =
  (measured: Partial<Measured>, seen: (job: Job) => void = () => {}): Spawn =>
  (job, on) => {
    seen(job)
    setImmediate(() => on.told({ kind: 'end', measured: { ...nothingMeasured, ...measured }, samples: [] }))
    return { stop() {} }
  }

describe('the summary', () => {
  it('says what was asked for and what came of it, with units', async () => {
    const { address, paths } = await counting()
    const { code, stdout } = await run([`${address}/a?b=1`, '-n', '200', '-c', '4'])
    expect(code).toBe(EXIT.done)
    expect(paths).toHaveLength(200)
    expect(new Set(paths)).toEqual(new Set(['/a?b=1']))
    expect(stdout).toContain(`Target    ${address}/a?b=1`)
    expect(stdout).toContain('Load      200 requests, closed loop over 4 connections')
    for (const name of ['Slowest', 'Fastest', 'Average']) expect(stdout).toMatch(new RegExp(`${name} +[\\d.]+ ms\n`))
    expect(stdout).toMatch(/Total +[\d.]+ s\n/)
    expect(stdout).toMatch(/Throughput +[\d,.]+ requests\/s\n/)
    for (const at of ['10', '25', '50', '75', '90', '95', '99', '99.9']) {
      expect(stdout).toMatch(new RegExp(`^ +${at} % +(≈ )?[\\d.,]+ ms$`, 'm'))
    }
    expect(stdout).toMatch(/ms to +[\d.]+ ms +\d+ {2}■+\n/)
    expect(stdout).toMatch(/hit +100 +50\.0 %\n/)
    expect(stdout).toMatch(/bypass +100 +50\.0 %\n/)
    expect(stdout).toMatch(/Hit rate +50\.0 % of the answers\n/)
    expect(stdout).toMatch(/Load generator: at work [\d.]+ % of the time/)
    expect(stdout).not.toContain('Errors')
    expect(stdout).not.toContain('Thresholds')
  })

  it('marks a percentile with fewer than ten requests beyond it', async () => {
    const latencyMs = { count: 1_000, min: 1, mean: 2, p50: 2, p90: 3, p95: 4, p99: 5, p999: 6, max: 6 }
    const measured = { requests: 1_000, latencyMs, handlerMs: { ...latencyMs, count: 150 } }
    const { address } = await counting()
    const many = await run([address], { spawn: measuring(measured) })
    expect(many.stdout).toMatch(/^ +99 % +5\.00 ms$/m)
    expect(many.stdout).toMatch(/^ +99\.9 % +≈ 6\.00 ms$/m)
    expect(many.stdout).toContain('p50 2.00 ms, p95 ≈ 4.00 ms, p99 ≈ 5.00 ms')
  })

  it('counts errors by kind', async () => {
    let n = 0
    const address = await serve((request, response) => {
      n += 1
      // A response that has begun isn't requested again.
      if (n % 4 === 0) request.socket.end('HTTP/1.1 2')
      else if (n % 2 === 0) response.writeHead(503).end()
      else ok(response)
    })
    const { code, stdout } = await run([address, '-n', '100', '-c', '1'])
    expect(code).toBe(EXIT.done)
    expect(stdout).toMatch(/Errors: \d+ of 100 requests, [\d.]+ %\n/)
    expect(stdout).toMatch(/^ +\d+ {2}answered with another status than 2xx, 304 or 404$/m)
    expect(stdout).toMatch(/^ +\d+ {2}found no connection, or one that broke$/m)
  })

  it('has the service time beside the latency in an open loop, and how late requests were sent', async () => {
    const { address, paths } = await counting()
    const { stdout } = await run([address, '-n', '100', '--rate', '1000', '--arrivals', 'even', '--json'])
    const figures = JSON.parse(stdout) as Measured & { config: Job['config'] }
    expect(paths).toHaveLength(100)
    expect(figures.config).toMatchObject({ mode: 'open', rate: 1000, arrivals: 'even', requests: 100 })
    expect(figures.durationMs).toBeGreaterThan(60)

    const summary = await run([address, '--duration', '300ms', '--rate', '200'])
    expect(summary.stdout).toContain('300 ms, open loop, 200 requests/s (Poisson) over 10 connections')
    expect(summary.stdout).toMatch(/^ +50 % +[\d.]+ ms +[\d.]+ ms$/m)
    expect(summary.stdout).toMatch(/requests were sent late by [\d.]+ ms \(p50\), ≈ [\d.]+ ms \(p99\)/)
  })

  it('says first and last that metrics are unusable, with the reason', async () => {
    const { address } = await counting()
    const { code, stdout, stderr } = await run([address], { spawn: measuring({ requests: 5, usable: tooBusy }) })
    expect(code).toBe(EXIT.unusable)
    expect(stdout.match(/DON’T USE THESE METRICS/g)).toHaveLength(2)
    expect(stdout.startsWith('!! DON’T USE')).toBe(true)
    expect(stdout).toContain('busy for over 95%')
    expect(stderr).toMatch(/^Don’t use these metrics \(generator-busy\)\. The load generator was busy/m)
  })

  it('shows status codes, and no hit rate if no response said what a cache did', async () => {
    const address = await serve((request, response) => void response.writeHead(request.url === '/2' ? 200 : 404).end())
    const argv = [`${address}/{n}`, '-n', '20', '--keys', '4', '--threshold', 'hitRate < 90 %']
    const { code, stdout } = await run(argv)
    expect(stdout).toMatch(/Status codes\n {2}200 +\d+ +[\d.]+ %\n {2}404 +\d+ +[\d.]+ %\n/)
    expect(stdout).toMatch(/Outcomes, by Cache-Status\n {2}unknown +20 +100 %\n {2}Hit rate +unknown: no response/)
    expect(stdout).not.toMatch(/miss|bypass/)
    expect(stdout).toMatch(/✗ hitRate < 90 % +not known/)
    expect(code).toBe(EXIT.thresholdFailed)

    const { stdout: json } = await run([address, '-n', '20', '--json'])
    expect(JSON.parse(json)).toMatchObject({ statuses: { 404: 20 }, withoutCacheStatus: 20, outcomes: { miss: 0 } })
  })
})

describe('--json', () => {
  it('prints the figures, and nothing else on stdout', async () => {
    const { address } = await counting()
    const { code, stdout, stderr } = await run([
      ...[`${address}/a`, '-n', '50', '-c', '2', '--json'],
      ...['--threshold', 'errors = 0', '--threshold', 'p99 < 0.001 ms'],
    ])
    const figures = JSON.parse(stdout) as Record<string, unknown>
    expect(code).toBe(EXIT.thresholdFailed)
    expect(figures).toMatchObject({
      target: `${address}/a`,
      status: 'done',
      requests: 50,
      errors: 0,
      outcomes: { hit: 25, bypass: 25 },
      hitRate: 0.5,
      config: { mode: 'closed', requests: 50, connections: 2 },
      thresholds: [
        { threshold: 'errors = 0', actual: 0, passed: true },
        { threshold: 'p99 < 0.001 ms', passed: false },
      ],
    })
    // What only the app's own runs know is left out, not made up.
    expect(figures).not.toHaveProperty('originCalls')
    expect(stderr).toContain('requests')
  })
})

describe('thresholds', () => {
  it('end with 0 where all hold, and show what each was held against', async () => {
    const { address } = await counting()
    const argv = [address, '-n', '40', '--threshold', 'hitRate >= 50 %', '--threshold', 'errors = 0']
    const { code, stdout } = await run(argv)
    expect(code).toBe(EXIT.done)
    expect(stdout).toMatch(/✓ hitRate >= 50 % +50\.0 %\n/)
    expect(stdout).toMatch(/✓ errors = 0 +0\n/)
  })

  it('end with 1 where one fails', async () => {
    const { address } = await counting()
    const argv = [address, '-n', '40', '--threshold', 'errors = 0', '--threshold', 'p50 > 10 s']
    const { code, stdout } = await run(argv)
    expect(code).toBe(EXIT.thresholdFailed)
    expect(stdout).toMatch(/✓ errors = 0/)
    expect(stdout).toMatch(/✗ p50 > 10 s +[\d.]+ ms\n/)
  })
})

describe('unusable metrics', () => {
  it.each(['p50 < 10 s', 'p50 > 10 s'])('end with their own code whether %s holds or fails', async (threshold) => {
    const { address } = await counting()
    const spawn = measuring({ requests: 5, usable: tooBusy })
    const { code, stdout } = await run([address, '--json', '--threshold', threshold], { spawn })
    expect(code).toBe(EXIT.unusable)
    expect(JSON.parse(stdout)).toMatchObject({ usable: { ok: false, reasons: [{ code: 'generator-busy' }] } })
  })
})

describe('the target', () => {
  it('is on this machine unless told otherwise', async () => {
    for (const target of [
      'http://192.0.2.1/',
      'http://example.com/a',
      'http://127.0.0.1.example.com/',
      'http://[2001:db8::1]/',
    ]) {
      const { code, stdout, stderr } = await run([target])
      expect(code).toBe(EXIT.usage)
      expect(stdout).toBe('')
      expect(stderr).toMatch(/^http:\/\/\S+ is not this machine: --allow-remote .*\n$/)
    }
  })

  it('may be elsewhere where that is allowed', async () => {
    const { address } = await counting()
    let asked: Job | undefined
    const spawn = measuring({ requests: 1 }, (job) => (asked = job))
    const local = address.replace('127.0.0.1', 'localhost')
    expect((await run([`${local}/x`], { spawn })).code).toBe(EXIT.done)
    expect(asked?.addresses).toEqual([local])
  })

  it.each(['app.localhost', 'localhost.', '127.1'])('may be called %s, which is this machine', async (name) => {
    const { address } = await counting()
    const { code, stderr } = await run([`${address.replace('127.0.0.1', name)}/x`, '-n', '2', '-c', '1', '--json'])
    expect(stderr).not.toContain('--allow-remote')
    expect(code).toBe(EXIT.done)
  })

  it('ends with 3 where nothing listens, at once and without a summary', async () => {
    const { address } = await counting()
    await closeServers()
    const { code, stdout, stderr } = await run([address, '-n', '10000000'])
    expect(code).toBe(EXIT.unreachable)
    expect(stderr).toBe(`Cannot reach ${address}: nothing listens there (ECONNREFUSED).\n`)
    expect(stdout).toBe('')
  })

  it('ends with 3 where connections are taken, but nothing is answered', async () => {
    const address = await serve((request) => request.socket.destroy())
    const { code, stderr } = await run([address, '-n', '20'])
    expect(code).toBe(EXIT.unreachable)
    expect(stderr).toContain('not one request was answered')
  })

  it('is a path of the app where it begins with a slash', async () => {
    const { address, paths } = await counting()
    const HITRATE_ADDRESS = address
    expect((await run(['/api/tasks/1?cache=redis', '-n', '3'], { env: { HITRATE_ADDRESS } })).code).toBe(EXIT.done)
    const PORT = new URL(address).port
    expect((await run(['/by-port', '-n', '3'], { env: { PORT } })).code).toBe(EXIT.done)
    expect(new Set(paths)).toEqual(new Set(['/api/tasks/1?cache=redis', '/by-port']))
  })

  it('has keys in the place of {n}, which Zipf makes unlike', async () => {
    const { address, paths } = await counting()
    const argv = [`${address}/tasks/{n}?m={n}`, '-n', '400', '--keys', '20', '--seed', '5']
    const counts = () => {
      const seen = new Map<string, number>()
      for (const path of paths.splice(0)) seen.set(path, (seen.get(path) ?? 0) + 1)
      return seen
    }
    await run(argv)
    const uniform = counts()
    const { stdout } = await run([...argv, '--zipf', '1.5'])
    const zipf = counts()
    await run([...argv, '--zipf', '1.5'])

    expect(stdout).toContain('20 keys by Zipf(1.5), seed 5')
    expect([...zipf.keys()].every((path) => /^\/tasks\/(\d+)\?m=\1$/.test(path))).toBe(true)
    expect(uniform.size).toBe(20)
    // The first of twenty has over two fifths by Zipf(1.5), and a twentieth where all are alike.
    expect(zipf.get('/tasks/1?m=1')).toBeGreaterThan(130)
    expect(uniform.get('/tasks/1?m=1')).toBeLessThan(50)
    expect(counts()).toEqual(zipf)
  })
})

describe('what it refuses, in one line that names the option, what it was given and what it takes', () => {
  it.each([
    [['/a', '-n', 'abc'], '--requests is "abc": it takes a whole number from 1 to 10,000,000.'],
    [['/a', '-n', '-5'], '--requests is "-5": it takes a whole number from 1 to 10,000,000.'],
    [['/a', '-c', '1001'], '--connections is "1001": it takes a whole number from 1 to 1,000.'],
    [['/a', '-c'], '-c has no value: it takes a whole number from 1 to 1,000.'],
    [
      ['/a', '--duration', '10'],
      '--duration is "10": it takes a time from 100 ms to 10 min, such as 500ms, 10s or 2min.',
    ],
    [['/a', '--duration', '11min'], '--duration is "11min": it takes a time from 100 ms to 10 min'],
    [['/a', '--duration', '1s', '-n', '5'], '--duration is "1s": it takes nothing where --requests is given'],
    [['/a', '--rate', '0'], '--rate is "0": it takes a number from 0.1 to 100,000.'],
    [['/a', '--rate', '1', '-n', '1000'], '--requests is 1,000: at 1 a second they take longer than 10 min'],
    [['/a', '--arrivals', 'even'], '--arrivals is "even": it takes nothing without --rate.'],
    [['/a', '--arrivals', 'odd', '--rate', '5'], '--arrivals is "odd": it takes poisson or even.'],
    [['/a', '--zipf', '1'], '--zipf is "1": it takes nothing without --keys.'],
    [['/a', '--keys', '9'], '--keys is 9: it needs {n} in the target'],
    [['/a/{n}'], 'The target has {n}: say with --keys how many there are.'],
    [['http://{n}.test/', '--keys', '2'], '{n} may stand in its path and query only.'],
    [['/a', '--threshold', 'p42 < 5 ms'], '--threshold is "p42 < 5 ms": it takes one of min, mean, p50'],
    [['/a', '--threshold', 'originCalls < 5'], "only the app's own runs know their origin calls."],
    [['/a', '--nope'], 'Unknown option --nope: --help lists those that there are.'],
    [['/a', '--json=yes'], '--json is "yes": it takes no value.'],
    [['/a', '-n', '1', '-n', '2'], '--requests is given twice: it takes one value.'],
    [['/a', '/b'], 'Unexpected argument "/b": one target is asked at a time.'],
    [[], 'Say what to ask: npm run load -- /api/tasks/1 (--help tells more).'],
    [['ftp://127.0.0.1/'], 'The target is "ftp://127.0.0.1/": it takes a path such as /api/tasks/1, or a URL'],
    [['localhost:3000/a'], 'The target is "localhost:3000/a": it takes a path'],
    [['//example.com/a'], 'The target is "//example.com/a": it takes a path'],
    [['http://me:secret@127.0.0.1/'], 'a name and password in it are not sent, leave them out.'],
  ])('%j', async (argv, words) => {
    const { code, stdout, stderr } = await run(argv, { spawn: () => expect.fail('no load was to be put') })
    expect(code).toBe(EXIT.usage)
    expect(stdout).toBe('')
    expect(stderr).toContain(words)
    expect(stderr.match(/\n/g)).toHaveLength(1)
  })

  it.each([
    [{ PORT: 'x' }, 'PORT is "x"'],
    [{ PORT: '0' }, 'give the whole URL'],
    [{ HITRATE_ADDRESS: 'here' }, 'HITRATE_ADDRESS is "here"'],
  ])('a path with %j', async (env, words) => {
    const { code, stderr } = await run(['/a'], { env: env as unknown as Record<string, string> })
    expect(code).toBe(EXIT.usage)
    expect(stderr).toContain(words)
  })
})

describe('its course', () => {
  /** Answers after two milliseconds. */
  const slow = (_request: IncomingMessage, response: ServerResponse) => void setTimeout(2).then(() => ok(response))

  it('is told on stderr: a line a second, or on a terminal one line that is written over', async () => {
    const address = await serve(slow)
    const lines = await run([address, '--duration', '350ms', '-c', '2'])
    expect(lines.stderr).toMatch(
      /^ +[\d.]+ % {2}[\d,]+ requests, hit rate 0 %; last second: .* requests\/s, p50 .* ms/m,
    )
    expect(lines.stderr).not.toContain('\u001b')
    expect(lines.stderr.split('\n').length).toBeLessThanOrEqual(3)

    const terminal = await run([address, '--duration', '350ms', '-c', '2'], { tty: true })
    expect(terminal.stderr).not.toContain('\n')
    const shown = terminal.stderr.split('\r\u001b[K')
    // At the start, each time it is shown, and at the end: how often is up to the machine.
    expect(shown.length).toBeGreaterThanOrEqual(3)
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThan(80)
    // The last thing is that the line goes.
    expect(shown.at(-1)).toBe('')
  })

  it('says so while it warms up, and leaves that out', async () => {
    const address = await serve(slow)
    const { stdout, stderr } = await run([address, '-n', '10', '--warmup', '250ms'], { tty: true })
    expect(stderr).toMatch(/warming up, \d+ ms left/)
    expect(stdout).toMatch(/Requests +10\n/)
    expect(stdout).toContain('after 250 ms of warm-up')
  })

  it('ends with the figures so far and 130 when interrupted', async () => {
    const stop = new AbortController()
    let answered = 0
    const address = await serve((_request, response) => {
      answered += 1
      if (answered === 50) stop.abort()
      else ok(response)
    })
    const argv = [address, '--duration', '5min', '--threshold', 'p50 > 10 s']
    const { code, stdout } = await run(argv, { interrupted: stop.signal })
    expect(code).toBe(EXIT.interrupted)
    expect(stdout).toMatch(/Requests +\d+\n/)
    expect(stdout).toContain('Ended     interrupted')
  })

  it('ends with 4 where the generator itself fails', async () => {
    const { address } = await counting()
    const spawn: Spawn = (_job, on) => {
      setImmediate(() => on.failed(new Error('out of memory')))
      return { stop() {} }
    }
    const { code, stderr } = await run([address], { spawn })
    expect(code).toBe(EXIT.generatorFailed)
    expect(stderr).toBe('The load generator failed: out of memory\n')
  })
})

it('helps', async () => {
  const { code, stdout } = await run(['--help'])
  expect(code).toBe(EXIT.done)
  for (const word of ['--rate', '--zipf', '--threshold', '--allow-remote', '10,000,000', '10 min', '1,000']) {
    expect(stdout).toContain(word)
  }
})

describe('the process', () => {
  const project = fileURLToPath(new URL('../../..', import.meta.url))
  const children: ChildProcess[] = []
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  it('ends by itself after a Ctrl-C, with what it has, and leaves no connection', { timeout: 60_000 }, async () => {
    const connections = new Set<object>()
    let closed = () => {}
    const address = await serve((request, response) => {
      const { socket } = request
      if (!connections.has(socket)) {
        connections.add(socket)
        socket.once('close', () => {
          connections.delete(socket)
          if (connections.size === 0) closed()
        })
      }
      ok(response)
    })
    const child = spawnProcess(
      process.execPath,
      ['--import', 'tsx', 'lib/cli/load.ts', address, '--duration', '5min', '-c', '3'],
      { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    children.push(child)
    let stdout = ''
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    await once(child.stderr as NodeJS.ReadableStream, 'data')
    const gone = new Promise<void>((resolve) => (closed = resolve))
    const exited = once(child, 'close')
    child.kill('SIGINT')
    expect(await exited).toEqual([130, null])
    expect(stdout).toMatch(/Requests +[\d,]+\n/)
    if (connections.size > 0) await gone
  })
})
