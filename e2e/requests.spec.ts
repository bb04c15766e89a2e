import AxeBuilder from '@axe-core/playwright'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { runAddress } from '@/app/runs/address'
import type { RunState } from '@/lib/runs/report'
import type { RunRequests } from '@/lib/runs/samples'

/** A run's requests one by one: the way of each, its headers beside those before it, and all of them in a table. */

async function made(request: APIRequestContext, config: object): Promise<RunRequests> {
  const started = await request.post('/api/runs', { data: config })
  expect(started.status(), await started.text()).toBe(201)
  const { id } = (await started.json()) as { id: string }
  const state = async () => (await (await request.get(`/api/runs/${id}`)).json()) as RunState
  await expect.poll(async () => (await state()).status, { timeout: 60_000 }).toBe('done')
  return (await (await request.get(`/api/runs/${id}/requests`)).json()) as RunRequests
}

async function opened(page: Page, run: string) {
  await page.goto(runAddress(run))
  await page.getByText('Requests one by one').click()
  return {
    chosen: page.getByTestId('request'),
    slider: page.getByRole('slider', { name: 'Request of the run' }),
    /** The places that the chosen request came to, and that which answered. */
    came: async () => {
      const stops = page.getByTestId('request').locator('[data-stop]:not([data-came=not])')
      return stops.evaluateAll((all) => all.map((stop) => stop.getAttribute('data-stop')))
    },
  }
}

test('requests over two workers are gone through by keyboard, and listed', async ({ page, request }) => {
  const config = { resource: 'tasks/{id}', strategy: 'memory', ttl: 60, host: 'workers', workers: 2, connections: 1 }
  const keys = { kind: 'cycle', count: 5 }
  const { run, hosts, requests } = await made(request, { ...config, keys, requests: 60 })
  expect({ hosts, kept: requests.length }).toEqual({ hosts: 2, kept: 60 })
  const workers = new Set(requests.map(({ headers }) => headers['x-worker']))
  expect(workers.size).toBe(2)

  const { chosen, slider, came } = await opened(page, run)
  await expect(chosen).toContainText('#1')
  expect(await came()).toEqual(['page', 'process', 'memory', 'origin'])

  // The second round of the keys, as far as the first that its worker had answered before.
  const hit = requests.findIndex(({ outcome }) => outcome === 'hit')
  await slider.focus()
  for (let n = 0; n < hit; n += 1) await page.keyboard.press('ArrowRight')
  await expect(chosen).toContainText(`#${hit + 1}`)
  await expect(chosen).toContainText(requests[hit]?.headers['x-worker'] ?? 'a worker')
  expect(await came()).toEqual(['page', 'process', 'memory'])
  await expect(slider).toHaveAttribute('aria-valuetext', /^request \d+, hit, /)
  const line = page.getByRole('row', { name: /Cache-Status/ })
  await expect(line).toHaveAttribute('data-change', /same|changed/)
  await expect(line).toContainText('memory; hit')

  await page.keyboard.press('End')
  await expect(chosen).toContainText('#60')
  await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled()
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect(chosen).toContainText('#59')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await page.getByText('table', { exact: true }).click()
  const table = page.getByRole('region', { name: 'Requests of the run' })
  await expect(table.getByRole('row')).toHaveCount(61)
  const row = table.getByRole('row').nth(hit + 1)
  await expect(row).toContainText(/hit.*memory; hit/)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await row.getByRole('button').click()
  await expect(chosen).toContainText(`#${hit + 1}`)
})

test('a hit at the edge goes no further, and says so', async ({ page, request }) => {
  const config = { resource: 'slow-value', params: { delay: 20 }, strategy: 's-maxage', ttl: 60, via: 'edge' }
  const { run, requests } = await made(request, { ...config, connections: 1, requests: 10 })
  expect(requests.map(({ outcome }) => outcome)).toEqual(['miss', ...Array.from({ length: 9 }, () => 'hit')])
  const { slider, came, chosen } = await opened(page, run)
  await expect(chosen).toContainText('#1')
  expect(await came()).toEqual(['page', 'edge', 'process', 'origin'])
  await slider.focus()
  await page.keyboard.press('End')
  await expect(chosen).toContainText('#10')
  expect(await came()).toEqual(['page', 'edge'])
  await expect(chosen.getByTestId('way').locator('figcaption')).toContainText('The answer came from edge.')
})

test('requests that are no longer kept are said to be gone', async ({ page, request }) => {
  const { run } = await made(request, { resource: 'slow-value', params: { delay: 0 }, strategy: 'none', requests: 2 })
  await page.route('**/api/runs/*/requests', (route) =>
    route.fulfill({
      status: 410,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: '/reference#requests-gone', title: 'Gone', status: 410, code: 'requests-gone' }),
    }),
  )
  await page.goto(runAddress(run))
  await page.getByText('Requests one by one').click()
  await expect(page.getByText('These requests are no longer kept')).toBeVisible()
})
