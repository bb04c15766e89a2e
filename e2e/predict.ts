import { expect, type Locator, type Page } from '@playwright/test'

/** The sheet of an experiment: the first of the page, or that of an id. */
export const sheet = (page: Page, id?: string): Locator =>
  id === undefined ? page.locator('section.sheet:has(.prediction)').first() : page.locator(`section#${id}`)

/** Go on without a prediction, in all experiments of the page: their panels wait for it. */
export async function skipPredictions(page: Page): Promise<void> {
  const skip = page.getByRole('button', { name: 'Skip, I only want to see' })
  // Only once React is there can they be skipped.
  await expect(skip.first()).toBeEnabled()
  for (let left = await skip.count(); left > 0; left -= 1) {
    await skip.first().click()
    await expect(skip).toHaveCount(left - 1)
  }
}
