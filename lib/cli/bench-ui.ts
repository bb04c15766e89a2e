import { execFileSync } from 'node:child_process'
import os from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type APIRequestContext, type CDPSession, chromium, type Page } from '@playwright/test'
import { BOUNDS } from '../runs/bounds'
import type { Report, RunState } from '../runs/report'
import { chromiumFlags, fullChromium } from './browser'
import { comparable, described } from './same-load'
import { type OwnApp, startApp } from './start-app'
import { growth, type PageFigures, pageFigures } from './ui-figures'
import { probed } from './ui-probe'

/**
 * `npm run bench:ui [-- --seconds 60 --runs 10 --connections 20]`: whether a page stays quick while it shows a run at the highest rate
 * that this machine gives. Browser, server and load share its cores, so the same is measured of an empty page under the
 * same load, which is what the machine leaves for a page at all, and of the page at rest; and of each task not only how
 * long it took, but also for how long it had a core. Then short runs, and what page
 * and server hold in memory after each.
 */

const { seconds, runs, connections } = readArguments()
/** Closed loop, so that it asks as fast as it is answered. More connections than these wait for each other. */
const LOAD = { resource: 'slow-value', params: { delay: 200 }, strategy: 'memory', connections } as const
/** Of a load on one key of `memory`: whatever is below it isn't that load. */
const HIT_RATE = 0.95
/** By CSS: to look for roles and names would keep the page that is watched busy. */
const PANEL = 'section[aria-label="Run a load"]'
/** How long each of the short runs takes. */
const SHORT_MS = 4_000
/** The comparisons need no more than this, however long the run is. */
const COMPARED_MS = 20_000
/** What is left of a run, in the page and in the server, is let go within this time. */
const SETTLE_MS = 1_500
const GOALS = { longTasks: 0, frameGapP99: 34, eventDelayP50: 20, draws: 9.5, growth: 1.1 } as const

const app = await startApp()
const browser = await chromium.launch({ executablePath: fullChromium(), args: chromiumFlags() })
try {
  await bench(await browser.newPage({ viewport: { width: 1440, height: 900 } }))
} finally {
  await browser.close()
  await app.stop()
}

function readArguments(): { seconds: number; runs: number; connections: number } {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      runs: { type: 'string', default: '10' },
      connections: { type: 'string', default: '20' },
    },
  })
  const whole = (name: keyof typeof values, { min, max }: { min: number; max: number }) => {
    const value = Number(values[name])
    if (Number.isInteger(value) && value >= min && value <= max) return value
    throw new Error(`--${name} takes a whole number from ${min} to ${max}.`)
  }
  return {
    seconds: whole('seconds', { min: 1, max: BOUNDS.durationMs.max / 1000 }),
    runs: whole('runs', { min: 0, max: 100 }),
    connections: whole('connections', BOUNDS.connections),
  }
}

async function bench(page: Page): Promise<void> {
  const [cpu] = os.cpus()
  const made = `${os.cpus().length} × ${cpu?.model.trim() || 'CPU'}, Node ${process.version}`
  console.log(`${made}, Chromium ${browser.version()}, a run of ${seconds} s with ${LOAD.connections} connections\n`)

  await openPlayground(page)
  const compared = Math.min(seconds * 1000, COMPARED_MS)
  const rest = pageFigures(await probed(page, () => wait(compared)))
  await page.goto('about:blank')
  const reports: Partial<Record<'empty' | 'loaded', Report>> = {}
  const empty = pageFigures(
    await probed(page, async () => {
      reports.empty = await runBeside(page.request, compared)
    }),
  )
  await openPlayground(page)
  const loaded = pageFigures(
    await probed(page, async () => {
      reports.loaded = await runInPanel(page, seconds * 1000)
    }),
  )
  if (!reports.empty || !reports.loaded) throw new Error('A run has no report.')
  console.log(`Next to the empty page: ${described(reports.empty)}`)
  console.log(`In the page:            ${described(reports.loaded)}\n`)
  for (const { hitRate, config } of [reports.empty, reports.loaded]) {
    if (config.strategy !== LOAD.strategy || hitRate < HIT_RATE)
      throw new Error(`That isn't a load of hits in ${LOAD.strategy}.`)
  }
  const differences = comparable(reports.empty, reports.loaded)
  if (differences.length > 0) throw new Error(`The two loads can't be compared: ${differences.join('; ')}.`)
  printPage({ rest, empty, loaded })
  console.log()
  if (runs > 0) await memory(page)
}

async function openPlayground(page: Page): Promise<void> {
  await page.goto(`${app.address}/playground`)
  await page.locator('[data-connection=live]').first().waitFor()
  const panel = page.locator(PANEL)
  await panel.getByLabel('Connections').fill(String(LOAD.connections))
  const radio = page.getByRole('radio', { name: LOAD.strategy, exact: true })
  await panel.locator('label').filter({ has: radio }).click()
  if (!(await panel.getByRole('radio', { name: LOAD.strategy, exact: true }).isChecked())) {
    throw new Error(`The panel can't be set to ${LOAD.strategy}.`)
  }
  await panel.scrollIntoViewIfNeeded()
}

/**
 * Press Run as a reader does and wait for the end. The panel's closed loop ends by a number of requests; what it sends
 * is given a time instead. Returns the run's report.
 */
async function runInPanel(page: Page, durationMs: number): Promise<Report> {
  await page.route('**/api/runs', async (route) => {
    const sent = route.request().postDataJSON() as Record<string, unknown>
    // What is undefined is left out of JSON.
    await route.continue({ postData: JSON.stringify({ ...sent, requests: undefined, durationMs }) })
  })
  const started = page.waitForResponse((response) => response.url().endsWith('/api/runs'))
  await page.locator(`${PANEL} button[type=submit]`).first().click()
  const { id } = (await (await started).json()) as { id: string }
  // While a route is set, every request of the page goes through us.
  await page.unroute('**/api/runs')
  await page
    .locator(`${PANEL} [data-newest]`)
    .first()
    .evaluate((chart) => chart.scrollIntoView({ block: 'center' }))
  return (await ended(page.request, id, durationMs)).report
}

/** Runs the same load without a page that shows it. Returns its report. */
async function runBeside(request: APIRequestContext, durationMs: number): Promise<Report> {
  const answer = await request.post(`${app.address}/api/runs`, { data: { ...LOAD, mode: 'closed', durationMs } })
  if (!answer.ok()) throw new Error(`No run: ${await answer.text()}`)
  const { id } = (await answer.json()) as { id: string }
  return (await ended(request, id, durationMs)).report
}

async function ended(request: APIRequestContext, id: string, durationMs: number): Promise<RunState> {
  await wait(durationMs)
  for (;;) {
    const state = (await (await request.get(`${app.address}/api/runs/${id}`)).json()) as RunState
    if (state.status === 'done') return state
    if (state.status !== 'running') throw new Error(`The run is ${state.status}: ${state.reason ?? 'no reason given'}`)
    await wait(100)
  }
}

function printPage({ rest, empty, loaded }: Record<'rest' | 'empty' | 'loaded', PageFigures>): void {
  print('', 'at rest', 'empty page, load', 'page, load', 'goal', '')
  const line = (name: string, figure: keyof PageFigures, unit: string, goal = '', met?: boolean) =>
    print(
      name,
      ...[rest, empty, loaded].map((of) => `${of[figure].toFixed(unit === '×' ? 2 : 1)} ${unit}`),
      goal,
      met === undefined ? '' : verdict(met),
    )
  line('chart drawn', 'draws', '/s', '10 /s', loaded.draws >= GOALS.draws)
  line('tasks over 50 ms', 'longTasks', '', '0', loaded.longTasks <= GOALS.longTasks)
  line('longest of them', 'longestTask', 'ms')
  line('CPU of the busiest', 'busiestTask', 'ms')
  line('main thread, of a core', 'busy', '×')
  line('frame gap, p99', 'frameGapP99', 'ms', '≤ 34 ms', loaded.frameGapP99 <= GOALS.frameGapP99)
  line('frame gap, longest', 'frameGapMax', 'ms')
  line('frames', 'frames', '/s')
  line('event delay, p50', 'eventDelayP50', 'ms', '< 20 ms', loaded.eventDelayP50 < GOALS.eventDelayP50)
  line('event delay, p95', 'eventDelayP95', 'ms')
}

/** Short runs, and what is held after each. A run before them has warmed both up. */
async function memory(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const heap: number[] = []
  const server: number[] = []
  for (let run = 0; run < runs; run += 1) {
    await runInPanel(page, SHORT_MS)
    await wait(SETTLE_MS)
    heap.push(await heapOf(session))
    server.push(residentOf(app))
  }
  print('', 'after the first', 'after the last', 'growth', 'goal', '')
  for (const [name, readings] of [
    ['heap of the page', heap],
    ['memory of the server', server],
  ] as const) {
    const times = growth(readings)
    const at = (index: number) => `${((readings.at(index) ?? 0) / 1e6).toFixed(1)} MB`
    print(name, at(0), at(-1), `${times.toFixed(2)} ×`, `≤ ${GOALS.growth} ×`, verdict(times <= GOALS.growth))
    console.log(`  ${readings.map((bytes) => (bytes / 1e6).toFixed(1)).join(' ')}`)
  }
}

/** Bytes of the page's JavaScript heap, after a garbage collection. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

/** Resident bytes of the server's process, in which the load generator's thread runs too. */
function residentOf({ pid }: OwnApp): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024
}

function verdict(met: boolean): string {
  return met ? 'met' : 'not met'
}

function print(name: string, ...cells: string[]): void {
  console.log(`${name.padEnd(26)}${cells.map((cell) => cell.padStart(18)).join('')}`)
}
