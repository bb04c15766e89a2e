import { runStep, staticSteps } from './steps'

/**
 * `npm run check`: types, lint, and the fast tests, which need neither services nor a browser. `npm test` runs the
 * rest.
 */
const passed = [
  ...(await staticSteps()),
  await runStep({ name: 'fast tests', run: [[['vitest', 'vitest'], 'run', '--project', 'fast']], live: true }),
]
process.exitCode = passed.every(Boolean) ? 0 : 1
