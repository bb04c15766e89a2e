import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, type Page, test } from '@playwright/test'
import { EXIT } from '@/lib/cli/load/run-load'

/** The command that a panel shows is typed into a terminal, and the page sees its requests. */

const commands = (page: Page) => page.getByRole('region', { name: 'The same load from a terminal' })
const choose = (page: Page, tool: string) => commands(page).locator('label').filter({ hasText: tool }).click()
const command = (page: Page) => commands(page).locator('code').innerText()

test('a panel names its load for four tools, and remembers which one is used', async ({ page }) => {
  await page.goto('/playground?resource=tasks%2F%7Bid%7D&cache=redis&n=40&c=4')
  for (const [tool, begins] of [
    ['hey', /^hey -n \d+ -c \d+ 'http:.*\/api\/tasks\/1\?cache=redis/],
    ['k6', /^k6 run - <</],
    ['wrk', /^wrk -t1 -c\d+ /],
  ] as const) {
    await choose(page, tool)
    await expect(commands(page).locator('code')).toHaveText(begins)
  }
  await page.reload()
  await expect(commands(page).locator('code')).toHaveText(/^wrk /)
})

test('npm run load, as the panel has it, shows up in the page with the handler times that it prints', async ({
  page,
}) => {
  await page.goto('/playground?resource=tasks%2F%7Bid%7D&cache=redis')
  const panel = page.getByRole('region', { name: 'Run a load' })
  await panel.getByLabel('Requests').fill('60')
  await panel.getByLabel('Connections').fill('3')
  await expect(commands(page).locator('code')).toHaveText(/ -n 60 -c 3$/)
  const target = /'([^']+)'/.exec(await command(page))?.[1] ?? ''

  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/load.ts', target, '-n', '60', '-c', '3', '--json'])
  let printed = ''
  child.stdout.on('data', (chunk) => (printed += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  // On a busy machine sixty requests may be too few to be usable; they were sent and counted anyway.
  expect([EXIT.done, EXIT.unusable]).toContain(code)
  expect(JSON.parse(printed)).toMatchObject({ requests: 60, errors: 0 })

  const outside = page.getByTestId('outside')
  await expect(outside.getByRole('row', { name: 'from outside' }).getByRole('cell').first()).toHaveText('60')
})
