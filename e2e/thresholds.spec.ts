import { expect, type Page, test } from '@playwright/test'
import { untilUsable } from './learner'

/** Thresholds turn a report green or red, and an A/B says of two set-ups what can be said. */

const panel = (page: Page) => page.getByRole('region', { name: 'Run a load' })
const verdict = (page: Page) => panel(page).getByTestId('thresholds')
const thresholds = (page: Page) => panel(page).getByLabel('Thresholds, one a line')
const PLAYGROUND = '/playground?resource=tasks/{id}&cache=redis&n=60&c=4'

async function run(page: Page) {
  await panel(page)
    .getByRole('button', { name: /^Run( again)?$/ })
    .click()
  await untilUsable(panel(page))
}

test('a threshold that fails is red and named, one that holds is green', async ({ page }) => {
  await page.goto(PLAYGROUND)
  await panel(page)
    .getByText(/^More:/)
    .click()
  await thresholds(page).fill('hitRate > 99.9 %\nerrors = 0')
  await run(page)
  await expect(verdict(page)).toHaveAttribute('data-passed', 'false')
  await expect(verdict(page).getByRole('status')).toHaveText(/1 of 2\sthresholds held/)
  // The first request finds nothing, so that the hit rate stays below.
  const failed = verdict(page).getByRole('listitem').filter({ hasText: 'failed' })
  await expect(failed).toHaveCount(1)
  await expect(failed).toContainText('hitRate > 99.9 %')
  await expect(failed).toContainText(/it was 9\d(\.\d)?\s%/)
  await expect(verdict(page).getByRole('listitem').filter({ hasText: 'held' })).toContainText('errors = 0')

  await thresholds(page).fill('errors = 0')
  await run(page)
  await expect(verdict(page)).toHaveAttribute('data-passed', 'true')
  await expect(verdict(page).getByRole('status')).toHaveText('✓ The threshold held')
})

test('what is no threshold is said at its field, be it folded away', async ({ page }) => {
  await page.goto(`${PLAYGROUND}&hold=${encodeURIComponent('p95 < soon')}`)
  await expect(thresholds(page)).toBeHidden()
  await panel(page).getByRole('button', { name: 'Run' }).click()
  await expect(thresholds(page)).toBeVisible()
  await expect(thresholds(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(thresholds(page)).toHaveAccessibleDescription(/p95 < soon is not what it takes/)
})

test('an A/B of two pairs gives a ratio a pair, and a link to its runs', async ({ page }) => {
  await page.goto('/playground?resource=tasks/{id}&cache=none&n=40&c=4')
  await panel(page).getByRole('button', { name: 'A/B' }).click()
  const ab = panel(page).getByTestId('ab')
  await expect(ab.getByRole('radio', { name: 'memory', exact: true })).toBeChecked()
  await ab.getByLabel('Pairs').fill('2')
  await ab.getByRole('button', { name: 'Run A/B' }).click()
  const again = ab.getByRole('button', { name: /^Run \d+\spairs? again$/ })
  for (let tries = 0; tries < 6; tries += 1) {
    await expect(ab).toHaveAttribute('data-status', 'over', { timeout: 60_000 })
    if (!(await again.isVisible())) break
    await again.click()
    await expect(ab).toHaveAttribute('data-status', 'running')
  }

  const table = ab.getByRole('table', { name: 'B divided by A, pair by pair' })
  for (const pair of ['1', '2']) {
    const cells = table.getByRole('row', { name: new RegExp(`^${pair}\\s`) }).getByRole('cell')
    // p50, p99 and throughput have a ratio; the hit rate of none is nothing to divide by; 40 calls become one or a few.
    await expect(cells.nth(0)).toContainText(/×\s[\d.]+/)
    await expect(cells.nth(2)).toContainText(/×\s[\d.]+/)
    await expect(cells.nth(3)).toContainText('from 0')
    await expect(cells.nth(4)).toContainText(/×\s0\.\d+/)
    await expect(cells.nth(4)).toContainText(/40 → \d\b/)
  }
  await expect(
    table
      .getByRole('row', { name: /^Verdict/ })
      .getByRole('cell')
      .first(),
  ).toHaveText('too few repeats to tell')
  const link = await ab.getByRole('link', { name: /4\sruns/ }).getAttribute('href')
  expect(link).toMatch(/^\/runs\?ids=([0-9a-f]{32},){3}[0-9a-f]{32}$/)

  // A reload finds it again.
  await page.reload()
  await expect(table.getByRole('row', { name: /^2\s/ })).toBeVisible()
})
