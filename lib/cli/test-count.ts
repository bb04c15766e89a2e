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

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
})
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
})

/** A count, the files of which something failed, by their whole paths, and how many of the tests in these passed. */
type FileCount = Count & { failedFiles: readonly string[]; inFailedFiles: number }

/**
 * Runs tests of Vitest as one step and counts them.
 * @param name what the step's line says.
 * @param args what is passed to `vitest run`.
 * @param node the Node.js that runs them; default: the one that runs this.
 */
export function unitTests(name: string, args: string[], node?: string): Promise<FileCount> {
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const ok = await runStep({ name, run: [[['vitest', 'vitest'], 'run', ...reporters, ...args]], live: true, node })
    let failing: z.infer<typeof vitestReport>['testResults'] = []
    const count = counted(ok, report, (text) => {
      const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(text)
      failing = testResults.filter(({ status }) => status === 'failed')
      return { passed: numPassedTests, failed: numFailedTests }
    })
    const tests = failing.flatMap(({ assertionResults }) => assertionResults)
    return {
      ...count,
      failedFiles: failing.map((file) => file.name),
      inFailedFiles: tests.filter(({ status }) => status === 'passed').length,
    }
  })
}

/** Measurements of a claim, at most: the first, and again what did not hold. */
const MEASUREMENTS = 3

/**
 * Measures what the lessons claim. A machine that is busy for a moment makes a true claim fail, so the lessons of those
 * that failed are measured again, whole. A claim that is false fails each time.
 */
export async function claimTests(name: string): Promise<Count> {
  let files: readonly string[] = []
  let passed = 0
  for (let nth = 1; ; nth += 1) {
    const count = await unitTests(nth === 1 ? name : `${name} again`, ['--project', 'claims', ...files])
    passed += count.passed
    if (count.failed === 0 || count.failedFiles.length === 0 || nth === MEASUREMENTS) {
      return { passed, failed: count.failed }
    }
    files = count.failedFiles
    // Counted when they run again.
    passed -= count.inFailedFiles
  }
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

async function withReport<C extends Count>(run: (report: string) => Promise<C>): Promise<C> {
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
