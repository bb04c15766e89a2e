import { expect, type Page, test } from '@playwright/test'
import { notebook } from '@/lib/notebook/items'

/** Exercises as a learner does them: the page looks on while requests come from elsewhere, as from a terminal. */

const LESSON = '/lessons/redis-shared-by-all'
const ID = 'follow-along'
const exercise = (page: Page) => page.getByTestId(`exercise-${ID}`)
const button = (page: Page, name: string) => exercise(page).getByRole('button', { name, exact: true })
const goals = (page: Page, mark: string) => exercise(page).locator(`li[data-mark=${mark}]`)
const phase = (page: Page, is: string) => expect(exercise(page)).toHaveAttribute('data-phase', is)

/** A request in the browser's lab. */
const ask = async (page: Page, path: string) => expect(await page.request.get(path)).toBeOK()

async function kept(page: Page, id: string) {
  const answer: unknown = await (await page.request.get('/api/notebook')).json()
  return notebook.parse(answer).items.find((item) => item.id === id)
}

test('is passed by what was really answered, kept in the notebook, and still there after a reload', async ({
  page,
}) => {
  await page.goto(LESSON)
  await expect(goals(page, 'ahead')).toHaveCount(3)
  await expect(button(page, 'Start')).toBeEnabled()
  await button(page, 'Start').focus()
  await page.keyboard.press('Enter')
  await phase(page, 'open')
  await expect(page.getByTestId(`exercise-${ID}-now`)).toBeFocused()

  await ask(page, '/api/public/config?cache=http')
  await expect(goals(page, 'done')).toHaveCount(1)
  await ask(page, '/api/tasks/77?cache=redis')
  await expect(goals(page, 'done')).toHaveCount(2)
  await expect(goals(page, 'next')).toHaveCount(1)
  await expect(goals(page, 'next')).toContainText('Waits for a hit with redis')
  await page.reload()
  await expect(goals(page, 'done')).toHaveCount(2)
  await ask(page, '/api/tasks/77?cache=redis')
  await phase(page, 'passed')
  await expect(goals(page, 'done').last()).toContainText(/#3 hit, [\d.]+ ms/)
  await expect(exercise(page)).toContainText('It is kept in your notebook, with what was seen.')
  await expect
    .poll(() => kept(page, `exercise:${ID}`))
    .toMatchObject({
      lesson: 'redis-shared-by-all',
      seen: [expect.any(String), expect.stringContaining('#2 miss'), expect.stringContaining('#3 hit')],
    })

  await page.reload()
  await phase(page, 'passed')
  // Where the server no longer knows of the attempt, the notebook does.
  await page.request.delete(`/api/attempts/${ID}`)
  await phase(page, 'done')
  await expect(goals(page, 'done').last()).toContainText('#3 hit')
})

test('is failed by the first request that is another, which is named; and begun again', async ({ page }) => {
  await page.goto(LESSON)
  await button(page, 'Start').click()
  await phase(page, 'open')
  await ask(page, '/api/tasks/77?cache=redis')
  await ask(page, '/api/tasks/78?cache=redis')
  await phase(page, 'failed')
  await expect(exercise(page)).toContainText('#2 asked for tasks/78')
  await expect(exercise(page)).toContainText('a hit with redis, for tasks/77 as in #1')
  await expect(goals(page, 'broken')).toContainText('The same task again: a hit')
  await button(page, 'Try again').click()
  await phase(page, 'open')
  await button(page, 'Give up').click()
  await phase(page, 'untried')
  expect(await kept(page, `exercise:${ID}`)).toBeUndefined()
})

test('has a ladder of hints, which the notebook notes', async ({ page }) => {
  await page.goto(LESSON)
  await expect(button(page, 'A pointer')).toHaveCount(0)
  for (const rung of ['A nudge', 'A pointer', 'The answer']) await button(page, rung).click()
  await expect(exercise(page)).toContainText('The answer. Choose public/config with http, and send.')
  await expect.poll(() => kept(page, `hints:${ID}`)).toMatchObject({ used: 3 })
  await page.reload()
  await expect(button(page, 'The answer')).toHaveAttribute('aria-expanded', 'false')
})

test('goes on while the lab’s stream is away', async ({ page }) => {
  await page.route('**/api/lab/events*', (route) => route.abort())
  await page.goto(LESSON)
  await expect(exercise(page)).toContainText('The lab’s stream is away.')
  await button(page, 'Start').click()
  await phase(page, 'open')
  await ask(page, '/api/public/config?cache=http')
  await expect(goals(page, 'done')).toHaveCount(1)
})
