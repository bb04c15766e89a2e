import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { build } from './build'
import { runStep, staticSteps, tell } from './steps'
import { provideTools } from './tools'

/**
 * `npm test`: types, lint, unit and contract tests, the build, and the browser's tests. Ends with one line that counts
 * the tests; a step without tests of its own counts when it fails.
 */

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
})

interface Count {
  passed: number
  failed: number
}

const folder = mkdtempSync(join(tmpdir(), 'hitrate-test-'))
const counts: Count[] = []
try {
  provideTools(console.log)
  let isBuilt = false
  const statics = await staticSteps(async () => {
    isBuilt = await built()
  })
  for (const passed of statics) if (!passed) counts.push({ passed: 0, failed: 1 })
  counts.push(await unit())
  counts.push(isBuilt ? await browser() : { passed: 0, failed: 1 })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  counts.push({ passed: 0, failed: 1 })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
process.exitCode = failed === 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed`)

async function unit(): Promise<Count> {
  const report = join(folder, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const ok = await runStep({ name: 'unit', run: [[['vitest', 'vitest'], 'run', ...reporters]], live: true })
  return counted(ok, report, (text) => {
    const { numPassedTests, numFailedTests } = vitestReport.parse(text)
    return { passed: numPassedTests, failed: numFailedTests }
  })
}

async function built(): Promise<boolean> {
  const before = performance.now()
  let ok = true
  await build(process.cwd(), { say: console.log }).catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : error)
    ok = false
  })
  tell('build', ok, performance.now() - before)
  return ok
}

async function browser(): Promise<Count> {
  const report = join(folder, 'playwright.json')
  process.env.HITRATE_PLAYWRIGHT_REPORT = report
  const ok = await runStep({ name: 'browser', run: [[['@playwright/test', 'playwright'], 'test']], live: true })
  return counted(ok, report, (text) => {
    const { expected, unexpected, flaky } = playwrightReport.parse(text).stats
    return { passed: expected + flaky, failed: unexpected }
  })
}

/** The tests that a reporter counted. What failed before or beside any test counts as one. */
function counted(ok: boolean, report: string, read: (text: unknown) => Count): Count {
  let count: Count = { passed: 0, failed: 0 }
  try {
    count = read(JSON.parse(readFileSync(report, 'utf8')))
  } catch (error) {
    console.error(`No report of the tests: ${error instanceof Error ? error.message : String(error)}`)
    ok = false
  }
  return ok || count.failed > 0 ? count : { ...count, failed: 1 }
}
