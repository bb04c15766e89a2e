import { expect, type Page, test } from '@playwright/test'
import { lessons } from '@/lessons'
import { choose } from './choose'
import { skipPredictions } from './predict'

/** The first lesson, walked as a learner would: read, send, wait for the TTL, run. */

const [lesson] = lessons
const requestPanel = (page: Page) => page.getByRole('region', { name: 'Send a request' }).first()
const log = (page: Page) => page.getByTestId('event-log').first()
const send = (page: Page) => requestPanel(page).getByRole('button', { name: 'Send', exact: true }).click()
const outcome = (page: Page) => requestPanel(page).getByTestId('outcome')

test('every lesson is reached from the list, and from the one before it', async ({ page }) => {
  await page.goto('/lessons')
  await page.getByRole('link', { name: lesson.title }).first().click()
  for (const [at, { title }] of lessons.entries()) {
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    // The code shown is the code that runs: it is read from its file.
    if (at === 0) await expect(page.locator('pre').filter({ hasText: 'cache.get(key)' }).first()).toBeVisible()
    await page
      .locator('a[rel=next]')
      .or(page.getByRole('link', { name: /^Go on in the playground/ }))
      .click()
  }
  await expect(page).toHaveURL(/\/playground/)
})

test('a request is missed, then hit, then the origin is called again after the TTL', async ({ page }) => {
  await page.goto(`/lessons/${lesson.slug}`)
  await skipPredictions(page)
  await choose(requestPanel(page), 'memory')
  // Long enough for two presses of Send on a busy machine, short enough to wait for its end.
  await requestPanel(page).getByRole('spinbutton', { name: /^TTL/ }).fill('6')

  await send(page)
  await expect(outcome(page)).toContainText('miss')
  await expect(requestPanel(page).getByText('added on purpose').first()).toBeVisible()
  const first = await requestPanel(page).getByTestId('value').innerText()

  await send(page)
  await expect(outcome(page)).toContainText('hit')
  expect(await requestPanel(page).getByTestId('value').innerText()).toBe(first)

  // The label counts down to its sell-by date; then the next request asks the origin.
  await expect(requestPanel(page).getByText('The next request will ask the origin again.')).toBeVisible()
  await send(page)
  await expect(outcome(page)).toContainText('miss')
  const newest = log(page).getByRole('listitem').first()
  await expect(newest).toContainText('expiry')
  await expect(newest).toContainText('origin call')
})

test('the browser’s own cache answers with http, and the server hears nothing of it', async ({ page }) => {
  await page.goto(`/lessons/${lesson.slug}`)
  await skipPredictions(page)
  await choose(requestPanel(page), 'http')
  await send(page)
  await expect(outcome(page)).toContainText('miss')
  await send(page)
  await expect(outcome(page)).toContainText('hit')
  await expect(requestPanel(page).getByText('This browser’s own cache answered')).toBeVisible()
  await expect(log(page).getByRole('listitem')).toHaveCount(1)
})

test('a request from a terminal shows up in the open page', async ({ page, request }) => {
  await page.goto(`/lessons/${lesson.slug}`)
  await skipPredictions(page)
  await send(page)
  await expect(log(page).getByRole('listitem')).toHaveCount(1)
  const { lab } = (await (await page.request.get('/api/lab')).json()) as { lab: string }

  // One that nobody sees is drawn less often.
  await log(page).scrollIntoViewIfNeeded()
  const seen = log(page).getByText('tasks/77', { exact: true }).first().waitFor()
  await request.get(`/api/tasks/77?cache=redis&lab=${lab}`)
  // A page that doesn't listen would need a reload.
  await seen
})

test('what is wrong with a parameter is said where it was typed', async ({ page }) => {
  await page.goto(`/lessons/${lesson.slug}`)
  await skipPredictions(page)
  await choose(requestPanel(page), 'memory')
  await requestPanel(page).getByRole('spinbutton', { name: /^TTL/ }).fill('0')
  await send(page)
  await expect(requestPanel(page).getByText('invalid-parameter').first()).toBeVisible()
  await expect(requestPanel(page).getByRole('spinbutton', { name: /^TTL/ })).toHaveAttribute('aria-invalid', 'true')
})

test('two tabs share one stream', async ({ context, page }) => {
  const streams = new Set<string>()
  let opened = 0
  context.on('request', (request) => {
    if (!request.url().includes('/api/lab/events')) return
    opened += 1
    streams.add(request.url())
  })
  await page.goto(`/lessons/${lesson.slug}`)
  await expect(log(page).getByText('live', { exact: true })).toBeVisible()
  const second = await context.newPage()
  await second.goto(`/lessons/${lesson.slug}`)
  await skipPredictions(second)
  await expect(log(second).getByText('live', { exact: true })).toBeVisible()
  await send(second)
  await expect(log(page).getByRole('listitem')).toHaveCount(1)
  expect(opened).toBe(1)

  // The tab that read it goes: the other takes over.
  await page.close()
  await expect.poll(() => opened).toBe(2)
  await send(second)
  await expect(log(second).getByRole('listitem')).toHaveCount(2)
})
