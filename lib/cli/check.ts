import { runStep, staticSteps } from './steps'
import { provideTools } from './tools'

/**
 * `npm run check`: types, lint and unit tests, the unit tests alone since some of them measure. What lessons claim is
 * tested by `npm test`: those are real runs, which take their time.
 */
try {
  provideTools(console.log, { browser: false })
  const passed = [
    ...(await staticSteps()),
    await runStep({ name: 'unit', run: [[['vitest', 'vitest'], 'run', '--project', '!claims']], live: true }),
  ]
  process.exitCode = passed.every(Boolean) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
