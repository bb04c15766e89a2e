import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { type Probed, taskCpuOf } from './ui-figures'

/** Watching a page from within, while somebody uses its mouse and its keyboard. */

const EVERY_MS = 100
/** Where the page has nothing that a click would change: its margin. */
const MARGIN = { x: 6, y: 450 }

interface Probe {
  startedAt: number
  seen: { -readonly [K in keyof Omit<Probed, 'durationMs' | 'taskCpu'>]: Probed[K] extends number ? number : number[] }
  stop: AbortController
}

/**
 * Watch the page while `during` goes on, and meanwhile send it real input, ten times a second: the pointer moves over
 * what is drawn, the margin is clicked and Shift is pressed.
 */
export async function probed(page: Page, during: () => Promise<void>): Promise<Probed> {
  const over = new AbortController()
  const browser = page.context().browser()
  if (!browser) throw new Error('The page has no browser that could be traced.')
  await browser.startTracing(page, { categories: ['toplevel'] })
  await page.evaluate(startProbe)
  const input = sendInput(page, over.signal)
  try {
    await during()
  } finally {
    over.abort()
    await input
  }
  const seen = await page.evaluate(endProbe)
  const trace = await browser.stopTracing()
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: Parameters<typeof taskCpuOf>[0] }
  return { ...seen, taskCpu: taskCpuOf(traceEvents) }
}

async function sendInput(page: Page, over: AbortSignal): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 }
  for (let turn = 0; !over.aborted; turn += 1) {
    const due = performance.now() + EVERY_MS
    if (turn % 4 === 1) await page.keyboard.press('Shift')
    else if (turn % 4 === 3) await page.mouse.click(MARGIN.x, MARGIN.y)
    else await page.mouse.move(width * (0.1 + ((turn * 7) % 80) / 100), height * (0.2 + ((turn * 3) % 60) / 100))
    // Ended early without a complaint: that the input is over is no failure.
    await wait(Math.max(due - performance.now(), 0), undefined, { signal: over }).catch(() => {})
  }
}

/** Runs in the page. It names no function within, since the names that tsx would keep are not known there. */
function startProbe(): void {
  const stop = new AbortController()
  const seen: Probe['seen'] = { longTasks: [], frameGaps: [], eventDelays: [], draws: 0 }
  Object.assign(globalThis, { hitrateProbe: { startedAt: performance.now(), seen, stop } satisfies Probe })

  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasks.push(duration)
  })
  tasks.observe({ type: 'longtask' })

  const lines = new MutationObserver((changes) => {
    const first = document.querySelector('[data-newest]')
    if (changes.some(({ target }) => target === first)) seen.draws += 1
  })
  lines.observe(document, { subtree: true, attributes: true, attributeFilter: ['data-newest'] })
  stop.signal.addEventListener('abort', () => {
    tasks.disconnect()
    lines.disconnect()
  })

  for (const type of ['pointermove', 'pointerdown', 'keydown']) {
    addEventListener(type, ({ timeStamp }) => seen.eventDelays.push(performance.now() - timeStamp), {
      capture: true,
      passive: true,
      signal: stop.signal,
    })
  }

  void (async () => {
    let before: number | undefined
    while (!stop.signal.aborted) {
      // The frame's own time, not that of its callback: a gap of 33 ms is one frame that was not drawn.
      const at: number = await new Promise(requestAnimationFrame)
      if (before !== undefined) seen.frameGaps.push(at - before)
      before = at
    }
  })()
}

/** Runs in the page. */
function endProbe(): Omit<Probed, 'taskCpu'> {
  const { startedAt, seen, stop } = (globalThis as unknown as { hitrateProbe: Probe }).hitrateProbe
  stop.abort()
  return { durationMs: performance.now() - startedAt, ...seen }
}
