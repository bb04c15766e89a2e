import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, expect, type Page, type Request, test } from '@playwright/test'
import { chromiumFlags, fullChromium, systemChromium } from '@/lib/cli/browser'
import type { LabInfo } from '@/lib/lab/events'
import { choose } from './choose'

/**
 * The course over plain HTTP from another machine: no secure context, so no `Sec-Fetch-*`, clipboard, or Web Locks.
 * Chromium takes any name but those of loopback for another machine.
 */

const NAME = 'lab.test'
test.use({
  launchOptions: {
    executablePath: systemChromium(),
    args: [...chromiumFlags(), `--host-resolver-rules=MAP ${NAME} 127.0.0.1`],
  },
})

const elsewhere = (baseURL: string | undefined) => `http://${NAME}:${new URL(baseURL ?? '').port}`

/** A learner with a browser of their own. */
async function learner(
  browser: Browser,
  baseURL: string | undefined,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: elsewhere(baseURL) })
  return { context, page: await context.newPage() }
}

/** The lab that a page works in, by what its own scripts are told. */
const labOf = (page: Page): Promise<string> =>
  page.evaluate(async () => ((await (await fetch('/api/lab')).json()) as LabInfo).lab)

test('two learners have labs of their own, and keep them', async ({ browser, baseURL }) => {
  const labs: string[] = []
  while (labs.length < 2) {
    const { context, page } = await learner(browser, baseURL)
    await page.goto('/playground')
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    const lab = await labOf(page)
    await page.goto('/lessons')
    expect(await labOf(page)).toBe(lab)
    labs.push(lab)
    await context.close()
  }
  expect(labs).not.toContain('public')
  expect(new Set(labs).size).toBe(2)
})

test('a link from another site leads to the same lab', async ({ browser, baseURL }) => {
  const { context, page } = await learner(browser, baseURL)
  await page.goto('/playground')
  const lab = await labOf(page)
  await context.route('http://other.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<a href="${elsewhere(baseURL)}/lessons">Course</a>` }),
  )
  await page.goto('http://other.test/')
  await page.getByRole('link', { name: 'Course' }).click()
  await page.waitForURL('**/lessons')
  expect(await labOf(page)).toBe(lab)
  await context.close()
})

test('a notebook is saved on the server', async ({ browser, baseURL }) => {
  const { context, page } = await learner(browser, baseURL)
  await page.goto('/notebook')
  await expect(page.getByTestId('kept')).toHaveAttribute('data-kept', 'everywhere')
  const status = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch('/api/notebook', { method: 'PATCH', headers, body: '{"drop":["command:none"]}' })).status
  })
  expect(status).toBe(204)
  await context.close()
})

test('a panel reaches the edge and a worker', async ({ browser, baseURL }) => {
  const { context, page } = await learner(browser, baseURL)
  await page.goto('/playground?resource=public/config&cache=s-maxage')
  const panel = page.getByRole('region', { name: 'Send a request' })
  const sent = panel.getByTestId('sent-so-far').getByRole('listitem')
  for (const [target, path] of [
    ['edge', '/edge'],
    ['worker 1', '/workers/1'],
  ] as const) {
    await choose(panel, target)
    const before = await sent.count()
    await panel.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(sent).toHaveCount(before + 1)
    await expect(panel.getByTestId('outcome')).not.toContainText('error')
    // The command for a terminal beside this browser, which has no loopback in common with the app.
    await expect(panel).toContainText(`${elsewhere(baseURL)}${path}/api/public/config`)
  }
  await context.close()
})

test('what a copy button copies can be pasted', async ({ browser, baseURL }) => {
  const { context, page } = await learner(browser, baseURL)
  await page.goto('/playground')
  const commands = page.getByRole('region', { name: 'The same load from a terminal' })
  await commands.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(commands.getByRole('button', { name: 'Copied' })).toBeVisible()
  const text = await commands.locator('code').innerText()
  await page.goto('/notebook')
  const field = page.getByRole('textbox', { name: 'Command' })
  await field.focus()
  await page.keyboard.press('ControlOrMeta+V')
  await expect(field).toHaveValue(text)
  await context.close()
})

test('seven tabs share one stream, also after the one that reads it is gone', async ({ browser, baseURL }) => {
  const { context, page } = await learner(browser, baseURL)
  const open = new Set<Request>()
  context.on('request', (request) => {
    if (request.url().includes('/api/lab/events')) open.add(request)
  })
  context.on('requestfinished', (request) => open.delete(request))
  context.on('requestfailed', (request) => open.delete(request))
  const pages = [page]
  while (pages.length < 7) pages.push(await context.newPage())
  for (const each of pages) await each.goto('/playground')
  const allLive = async () => {
    for (const each of pages) await expect(connectionOf(each)).toHaveAttribute('data-connection', 'live')
    await expect.poll(() => open.size).toBe(1)
  }
  await allLive()
  expect(await answers(pages.at(-1))).toBe(200)

  const reader = pages.find((each) => [...open].some((request) => request.frame().page() === each))
  expect(reader).toBeDefined()
  await reader?.close()
  pages.splice(pages.indexOf(reader ?? page), 1)
  await allLive()
  expect(await answers(pages[0])).toBe(200)
  await context.close()
})

const connectionOf = (page: Page) => page.getByTestId('connection').first()
const answers = (page: Page | undefined) => page?.evaluate(async () => (await fetch('/api/tasks/1')).status)

test('with site data blocked a run is followed to its end, and nothing claims to be saved', async ({ baseURL }) => {
  const folder = await mkdtemp(join(tmpdir(), 'hitrate-profile-'))
  await mkdir(join(folder, 'Default'))
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } }
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(blocked))
  // The shell has no settings of its kind.
  const context = await chromium.launchPersistentContext(folder, {
    baseURL,
    executablePath: fullChromium(),
    args: chromiumFlags(),
  })
  try {
    const page = await context.newPage()
    await page.goto('/playground')
    const panel = page.getByRole('region', { name: 'Run a load' })
    await panel.getByRole('button', { name: /^Run/ }).click()
    await expect(panel.getByTestId('run-status')).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
    await page.goto('/notebook')
    await expect(page.getByTestId('kept')).toHaveAttribute('data-kept', 'nowhere')
    await expect(page.getByTestId('kept')).toContainText('Not saved: this browser blocks site data.')
  } finally {
    await context.close()
    await rm(folder, { recursive: true, force: true })
  }
})
