import { runStep, staticSteps } from './steps'

/** `npm run check`: types, lint and unit tests, the unit tests alone since some of them measure. */
const passed = [
  ...(await staticSteps()),
  await runStep({ name: 'unit', run: [[['vitest', 'vitest'], 'run']], live: true }),
]
process.exitCode = passed.every(Boolean) ? 0 : 1
