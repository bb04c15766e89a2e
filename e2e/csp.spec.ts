import { expect, test } from '@playwright/test'

/** Every page that a reader can reach by links, and one that does not exist. */
test('no page does what its Content-Security-Policy forbids', async ({ page }) => {
  const violations: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) violations.push(`${page.url()}: ${message.text()}`)
  })
  const seen = new Set<string>()
  const waiting = ['/', '/no-such-page']
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    const response = await page.goto(path, { waitUntil: 'load' })
    const type = (await response?.headerValue('content-type')) ?? ''
    const policy = await response?.headerValue('content-security-policy')
    expect(policy, path).not.toMatch(/script-src[^;]*'unsafe/)
    if (!type.startsWith('text/html')) continue
    expect(policy, path).toContain("script-src 'self'")
    // React has taken the page over: its inline scripts have run.
    await expect
      .poll(() => page.evaluate(() => Object.keys(document.body).some((key) => key.startsWith('__react'))), {
        message: path,
      })
      .toBe(true)
    const links = await page
      .locator('a[href^="/"]')
      .evaluateAll((anchors) => anchors.map((a) => a.getAttribute('href')))
    for (const link of links) waiting.push(new URL(link ?? '/', 'http://x').pathname)
  }
  expect(violations).toEqual([])
  expect(seen.size).toBeGreaterThan(2)
})

test('an inline script that is not the page’s own does not run', async ({ page }) => {
  const violations: string[] = []
  page.on('console', (message) => violations.push(message.text()))
  await page.goto('/')
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "run"'
    document.body.append(script)
  })
  await expect.poll(() => violations.some((text) => /content security policy/i.test(text))).toBe(true)
  expect(await page.title()).not.toBe('run')
})
