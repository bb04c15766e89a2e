import { type APIResponse, expect, type Locator, type Page } from '@playwright/test'
import type { LabEntries } from '@/lib/lab/entries'
import type { LabBatch, LabEvent } from '@/lib/lab/events'
import { processStates } from '@/lib/processes/routes'
import type { RunState } from '@/lib/runs/report'
import { readEvents } from '@/lib/testing/read-events'
import { choose } from './choose'

/** What a learner does on a page, and in a terminal beside it: both are in the same lab. */
export interface Learner {
  page: Page
  /** Ask for an address in the learner's lab, as curl would. */
  ask(path: string, headers?: Record<string, string>): Promise<APIResponse>
  patch(path: string, body: object): Promise<APIResponse>
  /** Makes a run and waits for its end; makes it again if its metrics are unusable. */
  run(config: object): Promise<void>
  /** The same path at the edge, which is started where it is not there, in the learner's lab. */
  atEdge(path: string): Promise<string>
  /** The newest row of the lab's log of this kind, waited for. */
  row(kind: LabEvent['kind']): Promise<LabEvent>
  /** Wait until the lab keeps no fresh entry of this key, or none that this strategy has made. */
  expired(key: string, strategy?: string): Promise<void>
}

export function learnerOn(page: Page, baseURL: string): Learner {
  const { request } = page
  return {
    page,
    async ask(path, headers) {
      return request.get(path, { headers })
    },
    async patch(path, data) {
      const answer = await request.patch(path, { data })
      expect(answer.ok(), await answer.text()).toBe(true)
      return answer
    },
    async run(data) {
      for (let tries = 1; tries <= TRIES; tries += 1) {
        const started = await request.post('/api/runs', { data })
        expect(started.status(), await started.text()).toBe(201)
        const location = started.headers().location ?? ''
        const state = async () => (await (await request.get(location)).json()) as RunState
        await expect.poll(async () => (await state()).status, { timeout: 60_000 }).toBe('done')
        if ((await state()).report.usable.ok) return
      }
    },
    async atEdge(path) {
      const { edge } = processStates.parse(await (await request.put('/api/edge')).json())
      const url = new URL(path, edge?.address)
      url.searchParams.set('lab', await labOf(request))
      return url.href
    },
    async row(kind) {
      const lab = await labOf(request)
      const events = readEvents(await fetch(`${baseURL}/api/lab/events?lab=${lab}`))
      try {
        for (;;) {
          const found = ((await events.next('events')).data as LabBatch).rows.findLast((row) => row.kind === kind)
          if (found) return found
        }
      } finally {
        await events.close()
      }
    },
    async expired(key, strategy) {
      const fresh = async () => {
        const { now, entries } = (await (await request.get('/api/lab/entries')).json()) as LabEntries
        return entries.filter(
          (entry) => entry.key === key && entry.expiresAt > now && entry.strategy === (strategy ?? entry.strategy),
        ).length
      }
      await expect.poll(fresh).toBe(0)
    },
  }
}

const labOf = async (request: Page['request']): Promise<string> =>
  ((await (await request.get('/api/lab')).json()) as { lab: string }).lab

const requestPanel = (sheet: Locator) => sheet.getByRole('region', { name: 'Send a request' })
const loadPanel = (sheet: Locator) => sheet.getByRole('region', { name: 'Run a load' })

/** Choose a strategy and send one request: it has to have this outcome. */
export async function send(sheet: Locator, outcome: string, strategy?: string): Promise<void> {
  const panel = requestPanel(sheet)
  if (strategy) await choose(panel, strategy)
  const sent = panel.getByTestId('sent-so-far').getByRole('listitem')
  const before = await sent.count()
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(sent).toHaveCount(before + 1)
  await expect(panel.getByTestId('outcome')).toContainText(outcome)
}

/** Wait until the label of the last answer is past its date. */
export const pastItsDate = (sheet: Locator): Promise<void> =>
  expect(sheet.getByText('The next request will ask the origin again.')).toBeVisible()

interface LoadChanges {
  strategy?: string
  requests?: number
  connections?: number
  seconds?: number
  /** A choice of “More”, by its name. */
  more?: string
  keys?: number
  /** How many of them, where workers answer. */
  workers?: number
}

/** Runs with unusable metrics before a learner gives up: the busier the machine, the more of them. */
const TRIES = 12

/**
 * Waits for the end of a panel's run, and runs it again while its metrics are unusable: no prediction is scored by those,
 * and a busy machine makes some.
 */
export async function untilUsable(panel: Locator): Promise<void> {
  const status = panel.getByTestId('run-status')
  const again = panel.getByTestId('not-usable').getByRole('button', { name: 'Run it again' })
  for (let tries = 1; tries <= TRIES; tries += 1) {
    await expect(status).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
    // The first report brings its code with it, and the notice comes with the report.
    await expect(panel.getByRole('table').first()).toBeVisible()
    if (!(await again.isVisible())) return
    const before = (await status.getAttribute('data-run')) ?? ''
    await again.click()
    await expect(status).not.toHaveAttribute('data-run', before)
  }
}

/** Changes the load as said, runs it, and waits for its end. */
export async function load(sheet: Locator, changes: LoadChanges = {}): Promise<void> {
  const panel = loadPanel(sheet)
  const { strategy, requests, connections, seconds, more, keys, workers } = changes
  if (strategy) await choose(panel, strategy)
  // The loop first: it decides which fields there are.
  if (more !== undefined || keys !== undefined || workers !== undefined) {
    const details = panel.locator('details').filter({ hasText: 'More:' })
    if (!(await details.evaluate((each) => (each as HTMLDetailsElement).open))) {
      await details.locator('summary').click()
    }
    if (more !== undefined) await choose(panel, more)
    if (keys !== undefined) await panel.getByLabel(/^How many/).fill(String(keys))
  }
  const fields = { Requests: requests, Connections: connections, For: seconds, Workers: workers }
  for (const [name, value] of Object.entries(fields)) {
    // A field's name is followed by its unit.
    if (value !== undefined) {
      await panel.getByRole('spinbutton', { name: new RegExp(`^${name}\\b`) }).fill(String(value))
    }
  }
  const status = panel.getByTestId('run-status')
  const before = (await status.count()) > 0 ? await status.getAttribute('data-run') : null
  await panel.getByRole('button', { name: /^Run( again)?$/ }).click()
  if (before !== null) await expect(status).not.toHaveAttribute('data-run', before)
  await untilUsable(panel)
}
