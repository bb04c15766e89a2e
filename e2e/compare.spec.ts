import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test'
import { ms } from '@/app/format'
import { comparisonAddress, runAddress } from '@/app/runs/address'
import type { RunState } from '@/lib/runs/report'

/** Runs by their permanent addresses: opened, compared and taken along by somebody who has nothing but the link. */

const config = { resource: 'slow-value', params: { delay: 20 }, requests: 120, connections: 4 }

async function made(request: APIRequestContext, given: object): Promise<RunState> {
  const started = await request.post('/api/runs', { data: { ...config, ...given } })
  expect(started.status(), await started.text()).toBe(201)
  const { id } = (await started.json()) as { id: string }
  const state = async () => (await (await request.get(`/api/runs/${id}`)).json()) as RunState
  await expect.poll(async () => (await state()).status, { timeout: 60_000 }).toBe('done')
  return state()
}
/** A browser that has seen nothing of this app. */
async function fresh(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), reducedMotion: 'reduce' })
  return context.newPage()
}
async function saved(page: Page, button: string | RegExp): Promise<{ name: string; content: Buffer }> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).first().click()
  const file = await download
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) }
}

test('two runs are compared by a link, in a fresh browser, and taken along', async ({ request, browser, baseURL }) => {
  const none = await made(request, { strategy: 'none', thresholds: ['p99 < 1 ms', 'errors = 0'] })
  const memory = await made(request, { strategy: 'memory' })
  const page = await fresh(browser, baseURL)
  await page.goto(comparisonAddress([none.id, memory.id]))

  const comparison = page.getByTestId('comparison')
  await expect(comparison).toHaveAttribute('data-runs', '2')
  const heads = comparison.getByRole('table', { name: 'Figures' }).getByRole('columnheader')
  await expect(heads.nth(1)).toHaveText('A none')
  await expect(heads.nth(2)).toHaveText('B memory')
  await expect(page.getByTestId('conditions').getByRole('row', { name: /Strategy/ })).toContainText('memory')
  await expect(page.getByTestId('thresholds')).toHaveAttribute('data-passed', 'false')
  await expect(comparison.locator('.recharts-line-curve')).toHaveCount(4)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  const json = await saved(page, 'JSON')
  expect(json.name).toBe(`hitrate-comparison-${none.id}-2-runs.json`)
  expect((JSON.parse(json.content.toString()) as { runs: RunState[] }).runs).toEqual([none, memory])

  const html = (await saved(page, 'HTML report')).content.toString()
  expect(html).not.toContain('<script')
  expect(html).toContain(ms(none.report.latencyMs.p99))
  // The two with lines, and the three with bars.
  expect(html.match(/<figure><svg/g)).toHaveLength(5)

  const svg = await saved(page, 'Save as SVG: Latency by percentile')
  expect(svg.name).toBe(`hitrate-comparison-${none.id}-2-runs-percentiles.svg`)
  expect(svg.content.toString()).toMatch(/^<svg xmlns=.*A: none.*B: memory/s)
  expect(svg.content.toString()).not.toContain('var(')
  const png = await saved(page, 'Save as PNG: Latency by percentile')
  expect([...png.content.subarray(1, 4)]).toEqual([...Buffer.from('PNG')])

  const csv = (await saved(page, 'CSV: figures')).content.toString().trimEnd().split('\r\n')
  expect(csv).toHaveLength(3)
  expect(csv[0]).toContain('"round_trip_p99_ms"')
  await page.context().close()
})

test('repeats in turns tell how sure a difference is', async ({ request, browser, baseURL }) => {
  const turns: RunState[] = []
  for (const strategy of ['none', 'memory', 'none', 'memory', 'none', 'memory']) {
    // A delay that no busy machine hides.
    turns.push(await made(request, { strategy, requests: 24, params: { delay: 200 } }))
  }
  const page = await fresh(browser, baseURL)
  await page.goto(comparisonAddress(turns.map(({ id }) => id)))
  const repeats = page.getByTestId('repeats')
  await expect(repeats).toContainText('They took turns')
  await expect(repeats.getByRole('row', { name: /^Origin calls/ })).toHaveAttribute('data-verdict', 'less')
  await expect(repeats.getByRole('row', { name: /^p50/ })).toContainText('faster')
  // One is held against itself: nothing can be told apart, and with fewer repeats nothing at all.
  await page.goto(comparisonAddress(turns.slice(0, 3).map(({ id }) => id)))
  await expect(repeats.getByRole('row', { name: /^p50/ })).toContainText('too few repeats to tell')
  await page.context().close()
})

test('a run has a permanent address, and one that there is not says so', async ({ request, browser, baseURL }) => {
  const run = await made(request, { strategy: 'redis', keys: { kind: 'one', seed: 42 } })
  const page = await fresh(browser, baseURL)
  await page.goto(runAddress(run.id))
  const sheet = page.getByTestId('run')
  await expect(sheet.getByTestId('run-status')).toHaveAttribute('data-status', 'done')
  await expect(sheet.getByRole('row', { name: 'Seed' })).toContainText('42')
  await expect(sheet.getByRole('row', { name: 'undici' })).toBeVisible()
  await expect(sheet.getByRole('row', { name: 'Round trip p99', exact: false }).first()).toContainText(
    ms(run.report.latencyMs.p99),
  )
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  // From there to the list, where it is chosen already.
  await sheet.getByRole('link', { name: 'Compare with other runs' }).click()
  await expect(page.getByTestId('runs').getByRole('checkbox', { name: new RegExp(run.id) })).toBeChecked()

  await page.goto(runAddress('0123456789abcdef'))
  await expect(page.getByTestId('missing-run')).toContainText('No such run')
  await page.goto(comparisonAddress([run.id, '0123456789abcdef']))
  await expect(page.getByTestId('missing-run')).toContainText('0123456789abcdef')
  await expect(page.getByTestId('comparison')).toHaveAttribute('data-runs', '1')
  await page.context().close()
})

test('a browser that has made no runs says how to', async ({ page }) => {
  await page.goto('/runs')
  await expect(page.getByTestId('runs-empty')).toBeVisible()
})
