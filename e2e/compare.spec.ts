import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test'
import { ms } from '@/app/format'
import { comparisonAddress, runAddress } from '@/app/runs/address'
import type { RunState } from '@/lib/runs/report'

/** Runs by their permanent addresses: opened, compared, and exported by someone who has nothing but the link. */

const config = { resource: 'slow-value', params: { delay: 20 }, requests: 120, connections: 4 }

async function made(request: APIRequestContext, given: object, tries = 6): Promise<RunState> {
  const started = await request.post('/api/runs', { data: { ...config, ...given } })
  expect(started.status(), await started.text()).toBe(201)
  const { id } = (await started.json()) as { id: string }
  const state = async () => (await (await request.get(`/api/runs/${id}`)).json()) as RunState
  await expect.poll(async () => (await state()).status, { timeout: 60_000 }).toBe('done')
  const done = await state()
  // A busy machine makes runs that aren't judged.
  return done.report.usable.ok || tries === 1 ? done : made(request, given, tries - 1)
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
  for (const [i, strategy] of ['none', 'memory', 'memory', 'none', 'none', 'memory'].entries()) {
    // A delay that no busy machine hides, and a seed for each pair.
    const keys = { kind: 'one', seed: Math.floor(i / 2) + 1 }
    turns.push(await made(request, { strategy, requests: 24, params: { delay: 200 }, keys }))
  }
  const page = await fresh(browser, baseURL)
  await page.goto(comparisonAddress(turns.map(({ id }) => id)))
  const repeats = page.getByTestId('repeats')
  await expect(repeats).toContainText('They took turns')
  await expect(repeats.getByRole('row', { name: /^Origin calls/ })).toHaveAttribute('data-verdict', 'less')
  await expect(repeats.getByRole('row', { name: /^p50/ })).toContainText('faster')
  // Three runs are too few repeats.
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
  const started = (run.report.startedAt ?? '').slice(0, 19).replace('T', ' ')
  await expect(sheet.getByRole('row', { name: 'Started' })).toContainText(`${started} UTC`)
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

test('unusable metrics carry their mark onto the page, into its charts, and into every file', async ({
  request,
  browser,
  baseURL,
}) => {
  const { id } = await made(request, { strategy: 'memory', thresholds: ['errors = 0'] })
  const page = await fresh(browser, baseURL)
  // As the server sends a run whose load generator couldn't keep up.
  await page.route(`**/api/runs/${id}`, async (route) => {
    const answer = await route.fetch()
    const state = (await answer.json()) as RunState
    const usable = { ok: false, reasons: [{ code: 'generator-busy', words: 'It was busy.' }] }
    const thresholds = state.report.thresholds.map((each) => ({ ...each, passed: false, judged: false }))
    await route.fulfill({ response: answer, json: { ...state, report: { ...state.report, usable, thresholds } } })
  })
  await page.goto(runAddress(id))
  const sheet = page.getByTestId('run')
  await expect(sheet.getByTestId('not-usable')).toContainText('It was busy.')
  await expect(sheet.getByTestId('thresholds')).toHaveAttribute('data-judged', 'false')
  await expect(sheet.getByTestId('thresholds')).toContainText('not judged')
  await expect(sheet.getByRole('table', { name: 'Figures' }).getByRole('columnheader').nth(1)).toContainText('unusable')
  await expect(sheet.locator('.recharts-line-curve').first()).toBeAttached()
  for (const [button, mark] of [
    ['Save as SVG: Latency by percentile', 'Unusable (generator-busy)'],
    ['HTML report', '(unusable)'],
    ['JSON', '"ok": false'],
    ['CSV: figures', '"false","generator-busy"'],
    ['CSV: percentiles', '"false"'],
    ['CSV: distribution', '"false"'],
  ] as const) {
    expect((await saved(page, button)).content.toString(), button).toContain(mark)
  }

  // A reader repeats it, in a lab of their own.
  await sheet.getByRole('button', { name: 'Run it again' }).click()
  await expect(page).not.toHaveURL(new RegExp(id))
  await expect(page.getByTestId('run')).not.toHaveAttribute('data-run', id)
  await expect(page.getByTestId('run-status')).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
  await page.context().close()
})

test('a browser that has made no runs says how to', async ({ page }) => {
  await page.goto('/runs')
  await expect(page.getByTestId('runs-empty')).toBeVisible()
})
