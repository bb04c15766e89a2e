import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { lessons } from '@/lessons'
import type { NotebookItem } from '@/lib/notebook/items'
import { command, everyKind } from '@/lib/notebook/testing'

/** The notebook as a learner uses it: read, take along, bring in, begin anew, and be asked again what was learned. */

const [first, second] = lessons
const DAY_MS = 86_400_000

const sheetOf = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })
const kept = (page: Page) => expect(page.getByTestId('kept')).toHaveAttribute('data-kept', 'everywhere')
/** What another visit has written: it comes from the server. */
async function given(page: Page, items: readonly NotebookItem[]) {
  await page.goto('/notebook')
  await kept(page)
  const answer = await page.request.patch('/api/notebook', { data: { put: items } })
  expect(answer.status()).toBe(204)
  await page.reload()
}
async function exported(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  return readFile(await (await download).path(), 'utf8')
}
const upload = (page: Page, text: string) =>
  page.getByLabel(/Import a JSON export/).setInputFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  })
const begunDaysAgo = (lesson: string, days: number): NotebookItem => ({
  id: `progress:${lesson}`,
  kind: 'progress',
  at: Date.now() - days * DAY_MS,
  lesson,
  reading: 'begun',
})

test('an empty notebook says how it fills, and what is recorded in it survives everything but a reset', async ({
  page,
  context,
}) => {
  await page.goto('/notebook')
  await expect(page.getByTestId('notebook-empty')).toBeVisible()
  await page.getByRole('textbox', { name: 'Command' }).fill('hey -n 1000 -c 50 http://127.0.0.1/')
  await page.getByLabel('Lesson').selectOption({ label: first.title })
  await page.getByRole('button', { name: 'Record' }).click()
  const row = sheetOf(page, first.title).getByText('hey -n 1000 -c 50')
  await expect(row).toBeVisible()
  await kept(page)

  // A browser that was cleared of its copy: the server has it.
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await expect(row).toBeVisible()

  // Deleted, the focus is on the way back.
  await page.getByRole('button', { name: /^Delete hey/ }).click()
  await expect(row).toBeHidden()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(row).toBeVisible()

  // Another tab of the same browser.
  const other = await context.newPage()
  await other.goto('/notebook')
  await other.getByRole('button', { name: /^Delete hey/ }).click()
  await expect(row).toBeHidden()
  await kept(other)
  await page.reload()
  await expect(page.getByTestId('notebook-empty')).toBeVisible()
})

test('everything is shown, exported, reset after a question, and imported again', async ({ page }) => {
  await given(page, everyKind)
  const sheet = sheetOf(page, first.title)
  await expect(sheet.getByRole('row', { name: /1 call/ })).toContainText('20 calls')
  await expect(sheet.getByRole('row', { name: /slow-value, memory, 10 s/ })).toContainText('98.0')
  await expect(sheet.getByLabel('Your conclusion, in one sentence')).toHaveValue('It rests.')
  await expect(sheet.getByText('#1 miss, 203 ms')).toBeVisible()
  await expect(sheet.getByText('2 hints used')).toBeVisible()
  await expect(page.getByTestId('calibration')).toContainText('95')

  const json = await exported(page, 'JSON, to import again')
  expect((JSON.parse(json) as { items: unknown[] }).items).toHaveLength(everyKind.length)
  expect(await exported(page, 'CSV, for a spreadsheet')).toContain('"0.98"')
  expect(await exported(page, 'Markdown, to read')).toContain(`## ${first.title}`)

  // Asked first: Escape and the button keep everything.
  const reset = sheet.getByRole('button', { name: 'Reset this lesson' })
  await reset.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Keep everything' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeVisible()
  await reset.click()
  await dialog.getByRole('button', { name: 'Reset the lesson' }).click()
  await expect(sheet).toBeHidden()
  await kept(page)
  await page.reload()
  await expect(page.getByText('hey -n 1', { exact: true })).toBeVisible()
  await expect(sheet).toBeHidden()

  await page.getByRole('button', { name: 'Reset everything…' }).click()
  await dialog.getByRole('button', { name: 'Reset everything' }).click()
  await expect(page.getByTestId('notebook-empty')).toBeVisible()

  await upload(page, json)
  await expect(page.getByTestId('imported')).toContainText(/8\snew items, 0 newer than yours, 0 older.*, 0 refused/)
  await expect(sheet).toBeVisible()
  await upload(page, json)
  await expect(page.getByTestId('imported')).toContainText(/0\snew items, 0 newer than yours, 8 older/)
  const onServer = async () =>
    ((await (await page.request.get('/api/notebook')).json()) as { items: unknown[] }).items.length
  await expect.poll(onServer).toBe(8)
})

test('an import says what it does not take, and shows nothing as HTML', async ({ page }) => {
  await page.goto('/notebook')
  await upload(page, 'no JSON')
  await expect(page.getByTestId('imported')).toContainText('mine.json was not imported. This is not JSON')
  const evil = '<img src=x onerror="document.title=1"><b>bold</b>'
  const items = [command('a', 1, evil), { ...command('b'), [evil]: 1 }, { ...command('c'), text: '' }]
  await upload(page, JSON.stringify({ format: 'hitrate-notebook', version: 1, items }))
  await expect(page.getByTestId('imported')).toContainText(/1\snew item.*2 refused/)
  await expect(page.getByTestId('imported')).toContainText('Item 3 (command:c), field text')
  await expect(page.getByText(evil).first()).toBeVisible()
  await expect(page.locator('main img, main b')).toHaveCount(0)
  await expect(page).toHaveTitle(/Notebook/)
})

test('prints clean, and is accessible in both themes', async ({ page }) => {
  await given(page, everyKind)
  await expect(sheetOf(page, first.title)).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  }
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  await expect(sheetOf(page, first.title)).toBeVisible()
  for (const name of ['Print', 'Reset this lesson', 'Record']) {
    await expect(page.getByRole('button', { name })).toHaveCount(0)
  }
})

test('goes on while the server is away', async ({ page }) => {
  await page.goto('/notebook')
  await kept(page)
  await page.route('**/api/notebook*', (route) => route.abort())
  await page.getByRole('textbox', { name: 'Command' }).fill('wrk -d 2')
  await page.getByRole('button', { name: 'Record' }).click()
  await expect(page.getByTestId('kept')).toHaveAttribute('data-kept', 'here')
  await expect(page.getByTestId('kept')).toContainText('no answer')
  await page.reload()
  await expect(page.getByText('wrk -d 2')).toBeVisible()
  await page.unroute('**/api/notebook*')
  await kept(page)
})

test('questions come back when they are due, answered by keyboard alone', async ({ page }) => {
  await page.goto('/review')
  await expect(page.getByTestId('review-empty')).toContainText('a day after you opened it')
  await given(page, [begunDaysAgo(first.slug, 2)])
  await expect(page.getByTestId('due')).toContainText(String(first.recall.length))

  await page.goto('/review')
  for (const [i, { ask, answer }] of first.recall.entries()) {
    const question = page.getByRole('form', { name: ask })
    await question.getByRole('radio').first().focus()
    const wrong = i === 0
    // Arrow keys move within the group; the first is chosen with the space bar.
    const steps = wrong ? (answer + 1) % first.recall[0].options.length : answer
    await page.keyboard.press('Space')
    for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(question.getByTestId('answer')).toContainText(wrong ? 'Not quite.' : 'Right.')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: /^(Next question|Done)$/ }).press('Enter')
  }
  // The wrong one is due tomorrow, the right ones later.
  await expect(page.getByTestId('review-empty')).toContainText('The next question comes back on')
  await expect(page.getByTestId('due')).toHaveCount(0)
  await page.reload()
  await expect(page.getByTestId('review-empty')).toContainText('Nothing is due')
})

test('a lesson opens with two questions from earlier ones, and the first with none', async ({ page }) => {
  await page.goto(`/lessons/${first.slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByTestId('question')).toHaveCount(0)
  await page.goto(`/lessons/${second.slug}`)
  const questions = page.getByTestId('question')
  await expect(questions).toHaveCount(2)
  await questions.first().getByRole('button', { name: 'Answer' }).click()
  await expect(questions.first().getByText('Choose one of the answers.')).toBeVisible()
  await questions.first().getByRole('radio').first().check()
  await questions.first().getByRole('button', { name: 'Answer' }).click()
  await expect(questions.first().getByTestId('answer')).toContainText(/Right\.|Not quite\./)
  // Both stay where they are: an answer changes nothing of what was asked.
  await expect(questions).toHaveCount(2)
})

test('the course goes on where one left', async ({ page }) => {
  await page.goto(`/lessons/${first.slug}`)
  const heading = page.locator('.lesson > h2').nth(1)
  const text = (await heading.textContent()) ?? ''
  await heading.evaluate((element) => element.scrollIntoView())
  await expect
    .poll(async () => JSON.stringify(await (await page.request.get('/api/notebook')).json()))
    .toContain(JSON.stringify(text))
  for (const path of ['/', '/lessons']) {
    await page.goto(path)
    await expect(page.getByText(text).first()).toBeVisible()
  }
  await page.getByRole('link', { name: `${first.title}, ${text}` }).click()
  await expect(heading).toBeInViewport()
})
