import { expect, type Page, test } from '@playwright/test'
import { choose } from './choose'
import { skipPredictions } from './predict'

/** Load runs from the lesson: what a learner sees while they go on, and when they go wrong. */

const panel = (page: Page) => page.getByRole('region', { name: 'Run a load' }).first()
const status = (page: Page) => panel(page).getByTestId('run-status')
const run = (page: Page) =>
  panel(page)
    .getByRole('button', { name: /^Run( again)?$/ })
    .click()
const figure = async (page: Page, name: string) => {
  const cells = panel(page).getByRole('row', { name }).getByRole('cell')
  return (await cells.allInnerTexts()).at(-1) ?? ''
}

const LESSON = '/lessons/same-value-for-ten-seconds'

for (const { strategy, hitRate } of [
  { strategy: 'none', hitRate: /^0(\.0)?\s%$/ },
  { strategy: 'memory', hitRate: /^(9\d(\.\d+)?|100)\s%$/ },
  { strategy: 'redis', hitRate: /^(9\d(\.\d+)?|100)\s%$/ },
  { strategy: 'http', hitRate: /^(9\d(\.\d+)?|100)\s%$/ },
]) {
  test(`a run with ${strategy}`, async ({ page }) => {
    await page.goto(LESSON)
    await skipPredictions(page)
    await choose(panel(page), strategy)
    await panel(page)
      .getByLabel('Requests')
      .fill(strategy === 'none' ? '60' : '600')
    await panel(page).getByLabel('Connections').fill('10')
    await run(page)
    await expect(status(page)).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
    expect(await figure(page, 'Hit rate')).toMatch(hitRate)
    if (strategy === 'none') await expect(panel(page).getByTestId('live-plot').first()).toBeVisible()
  })
}

test('a second run is laid beside the first, with the change', async ({ page }) => {
  await page.goto(LESSON)
  await skipPredictions(page)
  for (const strategy of ['none', 'memory']) {
    await choose(panel(page), strategy)
    await panel(page).getByLabel('Requests').fill('40')
    await run(page)
    await expect(status(page)).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
    await expect(panel(page).getByRole('columnheader', { name: strategy })).toBeVisible()
  }
  await expect(panel(page).getByRole('columnheader', { name: 'before: none' })).toBeVisible()
  await expect(panel(page).getByRole('columnheader', { name: 'change' })).toBeVisible()
})

test('a run is stopped at once, and keeps what it measured', async ({ page }) => {
  await page.goto(LESSON)
  await skipPredictions(page)
  await choose(panel(page), 'none')
  await panel(page).getByLabel('Requests').fill('5000')
  await run(page)
  await expect(status(page)).toHaveAttribute('data-status', 'running')
  await expect(panel(page).getByRole('row', { name: 'Requests' })).toBeVisible()
  await panel(page).getByRole('button', { name: 'Stop' }).click()
  await expect(status(page)).toHaveAttribute('data-status', 'stopped')
  await expect(status(page)).toContainText('You stopped it.')
  expect(Number((await figure(page, 'Requests')).replaceAll(',', ''))).toBeLessThan(5_000)
})

test('a reload rejoins the run that is under way', async ({ page }) => {
  await page.goto(LESSON)
  await skipPredictions(page)
  await choose(panel(page), 'none')
  await panel(page).getByLabel('Requests').fill('2000')
  await run(page)
  await expect(status(page)).toHaveAttribute('data-status', 'running')
  await page.reload()
  await expect(status(page)).toHaveAttribute('data-status', 'running')
  await expect(panel(page).getByTestId('live-plot').first()).toBeVisible()
  await panel(page).getByRole('button', { name: 'Stop' }).click()
  await expect(status(page)).toHaveAttribute('data-status', 'stopped')
})

test('a run that waits says its place, and moves up', async ({ page, request }) => {
  await page.goto(LESSON)
  await skipPredictions(page)
  // Two of other labs stand before it: one goes on, and one waits.
  for (const lab of ['before-1', 'before-2']) {
    const config = { resource: 'slow-value', strategy: 'none', lab, durationMs: 4_000, connections: 1 }
    expect((await request.post('/api/runs', { data: config })).status()).toBe(201)
  }
  await panel(page).getByLabel('Requests').fill('20')
  await run(page)
  const place = async () => Number(/Waiting, (\d+)\w\w in the queue/.exec(await status(page).innerText())?.[1] ?? 0)
  await expect.poll(place).toBeGreaterThan(1)
  const first = await place()
  await expect.poll(place).toBe(first - 1)
  await expect(status(page)).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
})

test('what the server refuses is said in the panel', async ({ page }) => {
  await page.goto(LESSON)
  await skipPredictions(page)
  await panel(page).getByLabel('Connections').fill('9999')
  await run(page)
  await expect(panel(page).getByText('invalid-body').first()).toBeVisible()
  await expect(panel(page).getByLabel('Connections')).toHaveAttribute('aria-invalid', 'true')
})
