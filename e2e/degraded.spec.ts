import { expect, test } from '@playwright/test'
import { Redis } from 'ioredis'
import { type OwnApp, startApp } from '@/lib/cli/start-app'
import { choose } from './choose'
import { skipPredictions } from './predict'

/** Redis dies in the middle of a run: the run goes on, the page says what is away, and all of it comes back. */

let app: OwnApp
let redis: Redis
test.beforeAll(async () => {
  app = await startApp()
  redis = new Redis({ path: app.redis, retryStrategy: () => 50 })
  redis.on('error', () => {})
})
test.afterAll(async () => {
  redis.disconnect()
  expect(await app.stop()).toBe(0)
})

/** The process of this app's own Redis. An emulated one says 1, which is not to be signalled. */
async function pidOfRedis(): Promise<number> {
  const pid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1])
  expect(pid, 'needs a real Redis').toBeGreaterThan(1)
  return pid
}

test('Redis killed in mid-run, and back', async ({ page }) => {
  await page.goto(`${app.address}/lessons/same-value-for-ten-seconds`)
  await skipPredictions(page)
  const panel = page.getByRole('region', { name: 'Run a load' }).first()
  await choose(panel, 'redis')
  await panel.getByLabel('Requests').fill('200000')
  await panel.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(panel.getByTestId('run-status')).toHaveAttribute('data-status', 'running')

  const log = page.getByTestId('event-log').first()
  await expect(log.getByRole('listitem').filter({ hasText: 'hit' }).first()).toBeVisible()
  await log.getByLabel('Kind').selectOption('error')
  // The log keeps a sample of a run's requests, and Redis is back within the second: it may take more than one kill.
  await expect(async () => {
    process.kill(await pidOfRedis(), 'SIGKILL')
    const answered = log.getByRole('listitem').filter({ hasText: 'unavailable' })
    await expect(answered.first()).toBeVisible({ timeout: 60_000 })
  }).toPass()
  await expect(panel.getByTestId('run-status')).toHaveAttribute('data-status', 'running')

  // Started again by itself, it answers, and hits come back to the run that is still going on.
  const outcomes = async () => {
    const answer = await page.request.get(`${app.address}/api/slow-value?cache=redis&lab=after`)
    return answer.headers()['cache-status']
  }
  await expect.poll(outcomes, { timeout: 60_000 }).toContain('redis; hit')
  await panel.getByRole('button', { name: 'Stop' }).click()
  await expect(panel.getByTestId('run-status')).toHaveAttribute('data-status', 'stopped')
  const health = (await (await page.request.get(`${app.address}/healthz`)).json()) as { status: string }
  expect(health.status).toBe('ok')
})

test('with Redis hanging, pages render, say so, and recover', async ({ page }) => {
  const pid = await pidOfRedis()
  process.kill(pid, 'SIGSTOP')
  try {
    await page.goto(`${app.address}/lessons/same-value-for-ten-seconds`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText('Redis is away')).toBeVisible()
    await expect(page.getByTestId('entries').first()).toContainText('does not answer')
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await expect(page.getByText('Redis is away')).toBeHidden({ timeout: 60_000 })
})

test('a second start while this one runs works on another port', async () => {
  const second = await startApp()
  expect(second.address).not.toBe(app.address)
  for (const { address } of [app, second]) {
    const answer = await fetch(`${address}/api/tasks/1`)
    expect(answer.status).toBe(200)
  }
  expect(await second.stop()).toBe(0)
  expect((await fetch(`${app.address}/api/tasks/1`)).status).toBe(200)
})
