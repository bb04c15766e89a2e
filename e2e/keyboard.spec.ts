import { expect, type Locator, type Page, test } from '@playwright/test'
import { sheet } from './predict'

/** One whole lesson without a pointer: questions, predictions, panels, conclusions, an exercise, and on to the next. */

test.describe.configure({ timeout: 240_000 })

/** More presses than a page has stops. */
const PRESSES = 250

const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement)

/** Press Tab until the focus is on one of these. A radio group has a single stop: any of its radios will do. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target.first()).toBeVisible()
  for (let i = 0; i < PRESSES; i += 1) {
    for (const each of await target.all()) if (await isFocused(each)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${target.toString()} is not reached by Tab`)
}

async function press(page: Page, button: Locator): Promise<void> {
  await expect(button).toBeEnabled()
  await tabTo(page, button)
  await page.keyboard.press('Enter')
}

/** Choose one of a group by the arrow keys. */
async function pick(page: Page, group: Locator, name: string): Promise<void> {
  await tabTo(page, group.getByRole('radio'))
  const wanted = group.getByRole('radio', { name, exact: true })
  await page.keyboard.press('Space')
  for (let i = 0; i < 8 && !(await wanted.isChecked()); i += 1) await page.keyboard.press('ArrowDown')
  await expect(wanted).toBeChecked()
}

test('a whole lesson by the keyboard alone', async ({ page }) => {
  await page.goto('/lessons/http-cache-headers')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')

  await test.step('the questions from earlier lessons', async () => {
    const questions = page.getByTestId('question')
    await expect(questions).toHaveCount(2)
    for (const question of await questions.all()) {
      await tabTo(page, question.getByRole('radio'))
      await page.keyboard.press('Space')
      await press(page, question.getByRole('button', { name: 'Answer' }))
      await expect(question.getByTestId('answer')).toBeFocused()
    }
  })

  await test.step('a word’s card', async () => {
    await tabTo(page, page.locator('article .lesson button').filter({ hasText: /./ }).first())
  })

  for (const { id, said, strategy } of [
    { id: 'who-hears-of-it', said: 'The first alone', strategy: 'http' },
    {
      id: 'what-no-cache-does',
      said: 'A 304 without a body: the browser kept it, and asked whether it still holds',
      strategy: 'no-cache',
    },
  ]) {
    await test.step(id, async () => {
      const experiment = sheet(page, id)
      await pick(page, experiment.getByRole('form', { name: 'Your prediction' }), said)
      await press(page, experiment.getByRole('button', { name: 'Predict', exact: true }))
      await expect(experiment.getByTestId('prediction')).toContainText('You said')
      await pick(page, experiment.getByRole('group', { name: 'Strategy' }), strategy)
      await pick(page, experiment.getByRole('group', { name: 'Requests, one after another' }), '5')
      await press(page, experiment.getByRole('button', { name: 'Ask 5 times' }))
      await expect(experiment.getByTestId('verdict')).toContainText('So it was')
      await tabTo(page, experiment.getByLabel('Your conclusion, in one sentence'))
      await page.keyboard.type('The browser kept it.')
      await expect(experiment.getByText('Kept in your notebook.')).toBeVisible()
    })
  }

  await test.step('a title that a browser keeps', async () => {
    const experiment = sheet(page, 'not-called-back')
    await pick(page, experiment.getByRole('form', { name: 'Your prediction' }), 'The old name, from the browser’s copy')
    await press(page, experiment.getByRole('button', { name: 'Predict', exact: true }))
    const send = experiment.getByRole('button', { name: 'Send', exact: true })
    await press(page, send)
    await expect(experiment.getByTestId('sent-so-far').getByRole('listitem')).toHaveCount(1)
    const renamed = await page.request.patch('/api/tasks/7', { data: { title: 'Renamed' } })
    expect(renamed.ok()).toBe(true)
    // The focus has stayed where it was.
    await expect(send).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(experiment.getByTestId('outcome')).toContainText('hit')
    await expect(experiment.getByTestId('verdict')).toContainText('So it was')
  })

  await test.step('the exercise', async () => {
    const exercise = page.getByTestId('exercise-one-200-then-304')
    await press(page, exercise.getByRole('button', { name: 'Start', exact: true }))
    await expect(exercise).toHaveAttribute('data-phase', 'open')
    await press(page, exercise.getByRole('button', { name: 'A nudge' }))
    // Back up to the panel that was set up for this, by the keyboard as well.
    const experiment = sheet(page, 'what-no-cache-does')
    const again = experiment.getByRole('button', { name: 'Count anew' })
    for (let i = 0; i < PRESSES && !(await isFocused(again)); i += 1) await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await press(page, experiment.getByRole('button', { name: /^Ask / }))
    await expect(exercise).toHaveAttribute('data-phase', 'passed')
  })

  await press(page, page.getByRole('link', { name: /^Next:/ }))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A notebook that only one process can read')
})
