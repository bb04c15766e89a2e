import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Measured } from '../../runs/figures'
import { spawnFromSource } from '../../runs/spawn-from-source'
import { findExecutable } from '../find-executable'
import { EXIT, runLoad } from './run-load'

/**
 * The same load by the runner and by the tools that people know, against a server in a process of its own that answers
 * after 10 ms: what a tool adds by itself is a small part of that, so that the figures have to agree. They take
 * turns, and the best turn of each counts: whatever else the machine does can only slow a tool down.
 */

const DELAY_MS = 10
const CONNECTIONS = 4
const SECONDS = 1
/** Turns at least, and at most where the figures lie apart: a tool that measures something else never comes closer. */
const TURNS = { min: 3, max: 15 }
/** How far throughput and the percentiles may lie apart, as a part of the other tool's. */
const WITHIN = { throughput: 0.15, p50: 0.1, p95: 0.3 }
const TIMEOUT_MS = 120_000

const SERVER = `
const { createServer } = require('node:http')
const answer = (request, response) => setTimeout(() => response.end('{"value":1}'), ${DELAY_MS})
const server = createServer(answer).listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)))
`
/** wrk prints no p95 by itself. Microseconds. */
const WRK_DONE = `
function done(summary, latency)
  io.write(string.format("p50=%f p95=%f\\n", latency:percentile(50), latency:percentile(95)))
end
`

interface Figures {
  throughput: number
  p50: number
  p95: number
}

let server: ChildProcess | undefined
let folder: string
let url: string
/** What each turn measured, by tool; that of the runner is `runner`. */
const turns: Record<string, Figures>[] = []

beforeAll(async () => {
  server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  url = `http://127.0.0.1:${port.toString()}/`
  folder = await mkdtemp(join(tmpdir(), 'hitrate-load-'))
  await writeFile(join(folder, 'done.lua'), WRK_DONE)
  if (INSTALLED.every(({ tool }) => tool === undefined)) return
  while (turns.length < TURNS.min || (turns.length < TURNS.max && !INSTALLED.every(agrees))) {
    const measured: Record<string, Figures> = { runner: await runner() }
    for (const { name, tool, measure } of INSTALLED) if (tool) measured[name] = await measure(tool)
    turns.push(measured)
  }
}, TIMEOUT_MS)
afterAll(async () => {
  server?.kill()
  await rm(folder, { recursive: true, force: true })
})

async function output(command: string, argv: string[]): Promise<string> {
  return (await promisify(execFile)(command, argv)).stdout
}

/** The number that `pattern` finds; a tool that prints something else is to be noticed, not passed over. */
function read(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) throw new Error(`${String(pattern)} is not in:\n${text}`)
  return Number(found)
}

async function runner(): Promise<Figures> {
  let stdout = ''
  const code = await runLoad(
    [url, '--duration', `${SECONDS}s`, '--warmup', '500ms', '-c', String(CONNECTIONS), '--json'],
    {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: () => {} },
      env: process.env,
      spawn: spawnFromSource,
    },
  )
  expect(code).toBe(EXIT.done)
  const { throughput, latencyMs, errors, generator } = JSON.parse(stdout) as Measured
  expect(errors).toBe(0)
  expect(generator.usable).toBe(true)
  return { throughput, p50: latencyMs.p50, p95: latencyMs.p95 }
}

/** The tools by name, each with how it is run. */
const TOOLS: Record<string, (tool: string) => Promise<Figures>> = {
  async hey(tool) {
    const text = await output(tool, ['-z', `${SECONDS}s`, '-c', String(CONNECTIONS), url])
    return {
      throughput: read(text, /Requests\/sec:\s*([\d.]+)/),
      p50: 1000 * read(text, /50% in ([\d.]+) secs/),
      p95: 1000 * read(text, /95% in ([\d.]+) secs/),
    }
  },
  async wrk(tool) {
    const script = join(folder, 'done.lua')
    const text = await output(tool, ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '-s', script, url])
    return {
      throughput: read(text, /Requests\/sec:\s*([\d.]+)/),
      p50: read(text, /p50=([\d.]+)/) / 1000,
      p95: read(text, /p95=([\d.]+)/) / 1000,
    }
  },
}

const INSTALLED = Object.entries(TOOLS).map(([name, measure]) => ({ name, measure, tool: findExecutable([name]) }))

/** The best that a tool did in any turn. */
function best(name: string): Figures {
  const all = turns.flatMap((turn) => turn[name] ?? [])
  return {
    throughput: Math.max(...all.map(({ throughput }) => throughput)),
    p50: Math.min(...all.map(({ p50 }) => p50)),
    p95: Math.min(...all.map(({ p95 }) => p95)),
  }
}

const FIGURES = ['throughput', 'p50', 'p95'] as const
const apart = (ours: number, theirs: number): number => Math.abs(ours / theirs - 1)

function agrees({ name, tool }: { name: string; tool?: string }): boolean {
  const [ours, theirs] = [best('runner'), best(name)]
  return tool === undefined || FIGURES.every((figure) => apart(ours[figure], theirs[figure]) < WITHIN[figure])
}

describe('the runner agrees, on throughput within 15 %, on p50 within 10 %, on p95 within 30 %', () => {
  for (const { name, tool } of INSTALLED) {
    const title = tool === undefined ? `with ${name}: not compared, for ${name} is not installed` : `with ${name}`
    it.skipIf(tool === undefined)(title, () => {
      const [ours, theirs] = [best('runner'), best(name)]
      for (const figure of FIGURES) {
        const words = `${figure}: ${ours[figure]} by the runner, ${theirs[figure]} by ${name}`
        expect(apart(ours[figure], theirs[figure]), words).toBeLessThan(WITHIN[figure])
      }
    })
  }

  it.skipIf(INSTALLED.every(({ tool }) => tool === undefined))('with what the server waits', () => {
    const { p50, throughput } = best('runner')
    expect(p50).toBeGreaterThanOrEqual(DELAY_MS * 0.95)
    expect(throughput).toBeLessThan((CONNECTIONS * 1000) / (DELAY_MS * 0.95))
  })
})
