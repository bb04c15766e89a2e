import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { runStep } from './steps'

/** How many tests passed and failed. What fails before or next to any test counts as one that failed. */
export interface Count {
  passed: number
  failed: number
}

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
})

/**
 * Runs tests of Vitest as one step and counts them.
 * @param name what the step's line says.
 * @param args what is passed to `vitest run`.
 * @param node the Node.js that runs them; default: the one that runs this.
 */
export function unitTests(name: string, args: string[], node?: string): Promise<Count> {
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const ok = await runStep({ name, run: [[['vitest', 'vitest'], 'run', ...reporters, ...args]], live: true, node })
    return counted(ok, report, (text) => {
      const { numPassedTests, numFailedTests } = vitestReport.parse(text)
      return { passed: numPassedTests, failed: numFailedTests }
    })
  })
}

/** Runs the browser's tests as one step and counts them. The app has to be built. */
export function browserTests(): Promise<Count> {
  return withReport(async (report) => {
    process.env.HITRATE_PLAYWRIGHT_REPORT = report
    const ok = await runStep({ name: 'browser', run: [[['@playwright/test', 'playwright'], 'test']], live: true })
    return counted(ok, report, (text) => {
      const { expected, unexpected, flaky } = playwrightReport.parse(text).stats
      return { passed: expected + flaky, failed: unexpected }
    })
  })
}

/** Prints the closing line of all tests, and sets the exit code by it. */
export function closeWith(counts: readonly Count[]): void {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  process.exitCode = failed === 0 ? 0 : 1
  console.log(`${passed} passed, ${failed} failed`)
}

async function withReport(run: (report: string) => Promise<Count>): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'hitrate-test-'))
  try {
    return await run(join(folder, 'report.json'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

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
