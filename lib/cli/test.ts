import { build } from './build'
import { staticSteps, tell } from './steps'
import { browserTests, type Count, claimTests, closeWith, unitTests } from './test-count'
import { provideTools } from './tools'

/**
 * `npm test`: types, lint, unit and contract tests, the build, and the browser's tests. Ends with one line that counts
 * the tests; a step without tests of its own counts when it fails.
 */

const FAILED: Count = { passed: 0, failed: 1 }
const counts: Count[] = []
try {
  provideTools(console.log)
  let isBuilt = false
  const statics = await staticSteps(async () => {
    isBuilt = await built()
  })
  for (const passed of statics) if (!passed) counts.push(FAILED)
  counts.push(await unitTests('unit', ['--project', 'fast', '--project', 'services', '--project', 'alone']))
  counts.push(await claimTests('claims'))
  counts.push(isBuilt ? await browserTests() : FAILED)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  counts.push(FAILED)
}
closeWith(counts)

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
