import { expect, type Page, test } from '@playwright/test'
import { choose } from './choose'

/** The page itself as the client, with the browser's own cache. */

const panel = (page: Page) => page.getByRole('region', { name: 'Run from this browser' })
const fetches = (page: Page, kind: string) => panel(page).getByRole('row', { name: kind }).getByRole('cell').first()

test('with http the browser answers itself all but the first, and the server hears of that one alone', async ({
  page,
}) => {
  await page.goto('/playground?resource=public%2Fconfig')
  await choose(panel(page), 'http')
  await panel(page).getByLabel(/^TTL/).fill('300')
  await panel(page)
    .getByLabel(/^Fetches/)
    .fill('40')
  await panel(page).getByRole('button', { name: 'Fetch', exact: true }).click()
  await expect(panel(page).getByTestId('browser-run')).toHaveAttribute('data-status', 'done')
  await expect(fetches(page, 'browser’s own cache')).toHaveText('39')
  await expect(fetches(page, 'network')).toHaveText('1')
  const counted = await page.request.get('/api/lab')
  expect(await counted.json()).toMatchObject({ counters: { requests: 1 } })
})

test('with no-cache each is asked, and answered by 304; it can be stopped', async ({ page }) => {
  await page.goto('/playground?resource=public%2Fconfig')
  await choose(panel(page), 'no-cache')
  await panel(page)
    .getByLabel(/^Fetches/)
    .fill('500')
  await panel(page).getByRole('button', { name: 'Fetch', exact: true }).click()
  await expect(fetches(page, '304, then its own cache')).toBeVisible()
  await panel(page).getByRole('button', { name: 'Stop' }).click()
  await expect(panel(page).getByTestId('browser-run')).toHaveAttribute('data-status', 'stopped')
})
