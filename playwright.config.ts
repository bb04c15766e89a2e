import { defineConfig } from '@playwright/test'
import { chromiumFlags, systemChromium } from './lib/cli/browser'

export default defineConfig({
  testDir: 'e2e',
  // Two files at a time, on one app: each test has a lab of its own, and runs wait for their turn. What is asserted are
  // counts and orders, which the other file does not change.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.HITRATE_PLAYWRIGHT_REPORT ?? 'test-results/playwright.json' }],
  ],
  webServer: {
    // Without a shell between: the app ends by itself when what started it is gone.
    command: 'exec node --import tsx lib/cli/start.ts',
    env: { PORT: '0', HOST: '127.0.0.1', HITRATE_HOSTS: 'lab.test' },
    // Both become variables: where the app is, and the socket of its Redis, for the test that kills it.
    wait: { stdout: /unix:(?<hitrate_redis>\S+redis\.sock)[\s\S]*Hitrate is at (?<hitrate_address>\S+)/ },
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
  use: {
    baseURL: process.env.HITRATE_ADDRESS,
    contextOptions: { reducedMotion: 'reduce' },
    viewport: { width: 1440, height: 900 },
    // A trace copies the page at every step, which doubles the time of all tests: `npx playwright test --trace on` asks for one.
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: systemChromium(), args: chromiumFlags() },
  },
})
