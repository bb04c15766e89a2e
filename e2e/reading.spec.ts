import { expect, type Page, test } from '@playwright/test'

/** What a reader does with the text itself: read code in one of two languages, look words up, replay a terminal. */

const LESSON = '/lessons/same-value-for-ten-seconds'
const code = (page: Page) => page.locator('figure').filter({ hasText: 'lib/strategies/memory.ts' }).first()
const ready = (page: Page) =>
  expect.poll(() => page.evaluate(() => Object.keys(document.body).some((key) => key.startsWith('__react')))).toBe(true)

test.describe('code in two languages', () => {
  test('is TypeScript until the reader chooses, and then what was chosen, in every lesson', async ({ page }) => {
    await page.goto(LESSON)
    await ready(page)
    await expect(code(page).getByText('cache.get(key)').first()).toBeVisible()
    await expect(code(page).getByText('async def slow_value')).toBeHidden()

    await code(page)
      .getByRole('tab', { name: /TypeScript/ })
      .focus()
    await page.keyboard.press('ArrowRight')
    await expect(code(page).getByRole('tab', { name: /FastAPI/ })).toBeFocused()
    await expect(code(page).getByText('async def slow_value')).toBeVisible()
    await expect(code(page).getByText('cache.get(key)').first()).toBeHidden()
    await expect(code(page).getByText('lib/strategies/memory.ts')).toBeHidden()

    await page.reload()
    await expect(code(page).getByText('async def slow_value')).toBeVisible()
    await page.goto('/lessons/http-cache-headers')
    await expect(page.getByRole('tab', { name: /FastAPI/ }).first()).toHaveAttribute('aria-selected', 'true')
  })

  test('is chosen before the first paint', async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem('hitrate-code', 'python'))
    await page.route('**/_next/static/**/*.js', (route) => route.abort())
    await page.goto(LESSON)
    await expect(code(page).getByText('async def slow_value')).toBeVisible()
    await expect(code(page).getByText('cache.get(key)').first()).toBeHidden()
  })
})

test.describe('a word of the glossary', () => {
  const word = (page: Page) => page.getByRole('button', { name: 'TTL', exact: true })
  const card = (page: Page) => page.getByText('Time to live: how long an answer may be used').first()

  test('opens its card by pointer, and nothing moves; Escape closes it', async ({ page }) => {
    await page.goto(LESSON)
    await ready(page)
    await expect(card(page)).toBeHidden()
    const heading = () => page.getByRole('heading', { name: 'A notebook in a few lines' }).boundingBox()
    await word(page).scrollIntoViewIfNeeded()
    const before = await heading()

    await word(page).hover()
    await expect(card(page)).toBeVisible()
    expect(await heading()).toEqual(before)
    await page.mouse.move(0, 0)
    await expect(card(page)).toBeHidden()

    await word(page).click()
    await page.mouse.move(0, 0)
    await expect(card(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(card(page)).toBeHidden()
  })

  test('opens its card by keyboard, and leads on to the glossary', async ({ page }) => {
    await page.goto(LESSON)
    await ready(page)
    // From the word before, whose card holds a link too.
    await page.getByRole('button', { name: 'miss', exact: true }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await expect(word(page)).toBeFocused()
    await expect(card(page)).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: '“TTL” in the glossary' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/glossary#ttl$/)
    await expect(page.locator('#ttl')).toBeInViewport()
  })

  test('opens its card where scripts do not run', async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
    const page = await context.newPage()
    await page.goto(LESSON)
    await word(page).click()
    await expect(card(page)).toBeVisible()
    await context.close()
  })

  test('is found on the glossary’s own page', async ({ page }) => {
    await page.goto('/glossary')
    await ready(page)
    await page.getByLabel('Find a word').fill('thundering')
    await expect(page.locator('#stampede')).toBeVisible()
    await expect(page.locator('#ttl')).toBeHidden()
    await page.getByLabel('Find a word').fill('no such word')
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect(page.locator('#ttl')).toBeVisible()
  })
})

test.describe('a terminal', () => {
  const terminal = (page: Page) => page.locator('figure').filter({ hasText: 'Recorded on' }).first()

  test('shows all of it at once where the reader asked for less motion', async ({ page }) => {
    await page.goto('/lessons/http-cache-headers')
    await ready(page)
    await expect(terminal(page).getByText('304 Not Modified')).toBeVisible()
    await expect(terminal(page).getByRole('button', { name: 'Play' })).toBeHidden()
  })

  test('is replayed, paused, begun anew and skipped, and nothing moves meanwhile', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await page.goto('/lessons/http-cache-headers')
    await ready(page)
    const answer = terminal(page).getByText('304 Not Modified')
    const button = (name: string) => terminal(page).getByRole('button', { name, exact: true })
    const before = await terminal(page).boundingBox()

    await button('Play').click()
    await expect(answer).toBeHidden()
    await button('Pause').click()
    expect((await terminal(page).boundingBox())?.height).toBe(before?.height)
    await button('Restart').click()
    await expect(button('Pause')).toBeVisible()
    await expect(answer).toBeHidden()
    await button('Skip to the end').click()
    await expect(answer).toBeVisible()
    await expect(button('Play')).toBeVisible()
  })
})
