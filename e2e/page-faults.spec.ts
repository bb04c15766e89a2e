import { expect, type Page, test } from '@playwright/test'
import { lessons } from '@/lessons'
import { skipPredictions } from './predict'
import { translatePage } from './translator'

/** What no page may do, whatever runs beside it: report an error, repeat an id, scroll sideways, or end under a translator. */

const PATHS = [
  '/',
  '/lessons',
  ...lessons.map(({ slug }) => `/lessons/${slug}`),
  '/playground',
  '/runs',
  '/notebook',
  '/review',
  '/glossary',
  '/reference',
]

/** Collects what the page reports as errors. React reports HTML that it had to discard this way. */
function errorsOf(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  return errors
}

/** Opens a page and waits until its panels run and know their lab. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByTestId('connection').first()).toHaveAttribute('data-connection', 'live')
  await expect(page.getByText('Fetching the panel…')).toHaveCount(0)
  for (const panel of await page.getByRole('button', { name: 'Connecting…' }).all()) await expect(panel).toBeHidden()
}

test('with the edge and workers running and work saved, no page reports an error, repeats an id, or parts claims from prose', async ({
  page,
}) => {
  const { request } = page
  await request.put('/api/edge')
  await request.put('/api/workers', { data: { count: 1 } })
  const errors = errorsOf(page)
  for (const path of PATHS) {
    // Twice: what the first visit saves, the second finds.
    for (const visit of ['first', 'second']) {
      await open(page, path)
      expect(errors, `${path}, ${visit} visit`).toEqual([])
    }
    const ids = await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id))
    expect(
      ids.filter((id, i) => ids.indexOf(id) !== i),
      `ids of ${path}`,
    ).toEqual([])
    const stuck = await page.locator('.claim').evaluateAll((claims) =>
      claims.flatMap((claim) => {
        const beside = claim.nextSibling?.textContent
        return !claim.closest('p, li, td') || (beside && /^\w/.test(beside)) ? [claim.textContent] : []
      }),
    )
    expect(stuck, `claims of ${path}`).toEqual([])
  }
})

test('at 320 pixels no page scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  for (const path of PATHS) {
    await open(page, path)
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: path }).toBe(320)
  }
})

for (const width of [1440, 390]) {
  test(`at ${width} pixels a report shows all of its columns`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto('/lessons/same-value-for-ten-seconds')
    await skipPredictions(page)
    const panel = page.getByRole('region', { name: 'Run a load' }).first()
    for (const [at, strategy] of ['none', 'memory'].entries()) {
      await panel
        .locator('label')
        .filter({ hasText: new RegExp(`^${strategy}$`) })
        .click()
      await panel.getByRole('button', { name: /^Run( again)?$/ }).click()
      await expect(panel.getByRole('columnheader', { name: strategy })).toHaveCount(1)
      await expect(panel.getByTestId('run-status')).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
      await expect(panel.getByRole('columnheader', { name: 'change' })).toHaveCount(at)
    }
    const report = panel.getByRole('region', { name: 'Report' })
    expect(await report.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  })
}

test('the next lesson opens at its top', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await open(page, PATHS[2] ?? '')
  await page.getByRole('link', { name: /^Next: / }).click()
  await expect(page).toHaveURL(new RegExp(`${PATHS[3]}$`))
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport()
  expect(await page.evaluate(() => scrollY)).toBe(0)
})

test('a path of the API that doesn’t exist is a problem, its root included', async ({ request }) => {
  for (const path of ['/api', '/api/no/such']) {
    const response = await request.get(path)
    expect(response.headers()['content-type']).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status: 404, code: 'unknown-path' })
  }
})

test.describe('under a page translator', () => {
  test('a lesson measures, and shows what it measured', async ({ page }) => {
    const errors = errorsOf(page)
    await open(page, '/lessons/same-value-for-ten-seconds')
    const misplaced = await translatePage(page)
    await skipPredictions(page)
    const request = page.getByRole('region', { name: 'Send a request' }).first()
    for (const n of [1, 2]) {
      await request.getByRole('button', { name: 'Send', exact: true }).click()
      await expect(request.getByTestId('sent-so-far').getByRole('listitem')).toHaveCount(n)
    }
    const panel = page.getByRole('region', { name: 'Run a load' }).first()
    await panel.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(panel.getByTestId('run-status')).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
    await expect(panel.getByTestId('run-status')).toContainText('Done')
    expect(await misplaced()).toEqual([])
    expect(errors).toEqual([])
  })

  test('the playground, the notebook, and the runs go on', async ({ page }) => {
    const errors = errorsOf(page)
    await open(page, '/playground')
    const misplaced = await translatePage(page)
    for (const name of ['Send', 'Run']) await page.getByRole('button', { name, exact: true }).first().click()
    await expect(page.getByTestId('run-status').first()).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
    // A client-side navigation keeps the translated header and footer.
    for (const name of ['Notebook', 'Runs', 'Lessons']) {
      await page.getByRole('navigation').first().getByRole('link', { name }).click()
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    }
    expect(await misplaced()).toEqual([])
    expect(errors).toEqual([])
  })
})
