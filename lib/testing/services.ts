import type { TestProject } from 'vitest/node'
import { type Backing, startServices } from '../cli/services'
import { terminal } from '../cli/terminal'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the tests' own Redis, Postgres (tables made and filled) and rate provider are. */
    services: Backing
  }
}

/** Start what backs the app once for all tests, as `npm start` does, and end it after them. */
export default async function setup(project: TestProject) {
  const { say, progress } = terminal()
  const services = await startServices({ progress, log: say })
  project.provide('services', services.addresses)
  return services.stop
}
