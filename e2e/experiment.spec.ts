import { expect, type Page, test } from '@playwright/test'
import { notebook } from '@/lib/notebook/items'
import { choose } from './choose'
import { untilUsable } from './learner'
import { sheet } from './predict'

/** Predict, then run: what is said before an experiment, what comes of it, and what of both is kept. */

const LESSON = '/lessons/same-value-for-ten-seconds'
const ID = 'a-thousand-requests'
const experiment = (page: Page) => sheet(page, ID)
const panel = (page: Page) => experiment(page).getByRole('region', { name: 'Run a load' })
const prediction = (page: Page) => experiment(page).getByTestId('prediction')
const verdict = (page: Page) => experiment(page).getByTestId('verdict')
const number = (page: Page) => experiment(page).getByRole('spinbutton', { name: 'You say' })
const button = (page: Page, name: string) => experiment(page).getByRole('button', { name, exact: true })

async function predict(page: Page, said: string) {
  await number(page).fill(said)
  await button(page, 'Predict').click()
  await expect(prediction(page)).toContainText('You said')
}

async function runMemory(page: Page, requests = '100') {
  await choose(panel(page), 'memory')
  await panel(page).getByLabel('Requests').fill(requests)
  await panel(page)
    .getByRole('button', { name: /^Run( again)?$/ })
    .click()
  await untilUsable(panel(page))
}

/** What the server keeps of this browser's notebook. */
async function kept(page: Page) {
  const answer: unknown = await (await page.request.get('/api/notebook')).json()
  return Object.fromEntries(notebook.parse(answer).items.map((item) => [item.id, item]))
}

test('a prediction is asked for, drawn beside what was measured, and kept', async ({ page }) => {
  await page.goto(LESSON)
  await expect(experiment(page).getByText('Show what this shows without running')).toBeVisible()
  await expect(experiment(page).getByText('is called once for each request')).toBeHidden()

  await predict(page, '500')
  await expect(prediction(page)).toContainText('500\u00a0calls')
  await runMemory(page)
  await expect(verdict(page)).toContainText(
    /You said 500\u00a0calls, it was [\d,]+\u00a0calls?: too high by a factor of/,
  )
  await expect(verdict(page)).toContainText('is called once for each request')
  const sentence = await verdict(page).locator('p').first().innerText()

  const conclusion = experiment(page).getByLabel('Your conclusion, in one sentence')
  await conclusion.fill('A cache is asked, the origin is not.')
  await expect(experiment(page).getByText('Kept in your notebook.')).toBeVisible()

  await page.reload()
  await expect(verdict(page)).toContainText(sentence)
  await expect(conclusion).toHaveValue('A cache is asked, the origin is not.')

  await expect
    .poll(async () => {
      const items = await kept(page)
      return [items[`prediction:${ID}`], items[`conclusion:${ID}`]]
    })
    .toEqual([
      expect.objectContaining({ kind: 'prediction', said: 500, measured: expect.any(Number), unit: 'calls' }),
      expect.objectContaining({ kind: 'conclusion', text: 'A cache is asked, the origin is not.' }),
    ])
  const runs = Object.values(await kept(page)).filter((item) => item.kind === 'run')
  expect(runs).toEqual([expect.objectContaining({ experiment: ID, strategy: 'memory', requests: 100, seed: 1 })])
})

test('a panel leads to the prediction that it waits for', async ({ page }) => {
  await page.goto(LESSON)
  await expect(button(page, 'Skip, I only want to see')).toBeEnabled()
  // It can be looked at and set up before.
  await choose(panel(page), 'memory')
  await button(page, 'Predict first').click()
  await expect(number(page)).toBeFocused()
  await expect(number(page)).toBeInViewport()

  await button(page, 'Predict').click()
  await expect(experiment(page).getByRole('alert')).toHaveText(/^Say a number from 0\u00a0calls to 1,000\u00a0calls/)
  await number(page).fill('1001')
  await button(page, 'Predict').click()
  await expect(number(page)).toHaveAttribute('aria-invalid', 'true')
  await predict(page, '20')
  await expect(panel(page).getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
})

test('who skips the prediction runs at once, and may predict after all', async ({ page }) => {
  await page.goto(LESSON)
  await button(page, 'Skip, I only want to see').click()
  await runMemory(page)
  await expect(verdict(page)).toContainText(/^It was [\d,]+\u00a0calls?\./)
  await page.reload()
  await expect(verdict(page)).toBeVisible()

  // A part of the page that React hasn't taken over yet loses a click right after a reload: a reader presses again.
  await expect(async () => {
    if (!(await number(page).isVisible())) await button(page, 'Predict after all').click({ timeout: 3_000 })
    await expect(number(page)).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await expect(verdict(page)).toBeHidden()
  // What was seen before does not count: the run that the panel still shows is not measured again.
  await predict(page, '7')
  await page.reload()
  await expect(prediction(page)).toContainText('7\u00a0calls')
  await expect(verdict(page)).toBeHidden()
  await runMemory(page)
  await expect(verdict(page)).toContainText('You said 7\u00a0calls')
})

test('a choice is right or wrong, by what the server really did', async ({ page }) => {
  await page.goto(LESSON)
  const first = sheet(page, 'when-the-origin-works')
  const send = async (outcome: string) => {
    await first.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(first.getByTestId('outcome')).toContainText(outcome)
  }
  await first.getByText('A hit: the server fetched a new value').click()
  await first.getByRole('button', { name: 'Predict', exact: true }).click()
  await choose(first, 'memory')
  // Long enough for a busy machine to send twice within it.
  await first.getByRole('spinbutton', { name: /^TTL/ }).fill('4')
  await send('miss')
  await send('hit')
  await expect(first.getByTestId('verdict')).toBeHidden()
  await expect(first.getByText('The next request will ask the origin again.')).toBeVisible()
  await send('miss')
  await expect(first.getByTestId('verdict')).toContainText('It was: A miss: this request fetches it.')
})

test('a link sets a panel up, with its parameters and its seed', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(LESSON)
  await expect(button(page, 'Skip, I only want to see')).toBeEnabled()
  await choose(panel(page), 'redis')
  await panel(page).getByLabel('Requests').fill('321')
  await panel(page)
    .getByText(/^More: /)
    .click()
  await panel(page).getByLabel('Seed').fill('42')
  await panel(page).getByRole('button', { name: 'Copy link to this set-up' }).click()
  // Said once the clipboard has it.
  await expect(button(page, 'Copied')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(new URL(link).hash).toBe(`#${ID}`)

  await page.goto('/lessons')
  await page.goto(link)
  await expect(panel(page).getByRole('radio', { name: 'redis', exact: true })).toBeChecked()
  await expect(panel(page).getByLabel('Requests')).toHaveValue('321')
  await expect(panel(page).getByLabel('Seed')).toHaveValue('42')
  // The other panel of the page is as its lesson has it.
  const other = sheet(page, 'when-the-origin-works')
  await expect(other.getByRole('radio', { name: 'none', exact: true })).toBeChecked()

  await button(page, 'Skip, I only want to see').click()
  const asked = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/runs'))
  await panel(page).getByRole('button', { name: 'Run', exact: true }).click()
  expect((await asked).postDataJSON()).toMatchObject({ strategy: 'redis', requests: 321, keys: { seed: 42 } })
})

test('without JavaScript the question, the steps and the verdict can be read', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
  const page = await context.newPage()
  await page.goto(LESSON)
  await expect(experiment(page).getByText('How often is the origin called?')).toBeVisible()
  await experiment(page).getByText('Show what this shows without running').click()
  await expect(experiment(page).getByText('is called once for each request')).toBeVisible()
  await context.close()
})
