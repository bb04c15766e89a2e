import { expect, type Locator } from '@playwright/test'

/**
 * Choose a segment of a panel as a reader does, by its label: the radio under it cannot be seen. The page need not be
 * hydrated yet: what is chosen before is taken over.
 */
export async function choose(panel: Locator, name: string): Promise<void> {
  const radio = panel.getByRole('radio', { name, exact: true })
  // What a filter looks for is looked for inside each label, so it must not begin at the panel again.
  const inside = panel.page().getByRole('radio', { name, exact: true })
  // A panel that React draws again before it has taken over its controls forgets what was chosen: a reader chooses again.
  await expect(async () => {
    await panel.locator('label').filter({ has: inside }).click()
    await expect(radio).toBeChecked({ timeout: 3_000 })
  }).toPass()
}
