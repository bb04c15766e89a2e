import type { TestProject } from 'vitest/node'
import { type Backing, type Services, startServices } from '../cli/services'
import { terminal } from '../cli/terminal'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the tests' own Redis, Postgres (tables made and filled) and rate provider are. */
    services: Backing
  }
}

/** Each project of the tests asks for them and lets go of them: they are started once, for all. */
const HOLDER = globalThis as { hitrateTestServices?: { users: number; starting: Promise<Services> } }

/** Starts what backs the app once for all tests, as `npm start` does, and ends it after the last of them. */
export default async function setup(project: TestProject) {
  const { say, progress } = terminal()
  HOLDER.hitrateTestServices ??= { users: 0, starting: startServices({ progress, log: say }) }
  const shared = HOLDER.hitrateTestServices
  shared.users += 1
  const services = await shared.starting
  project.provide('services', services.addresses)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    HOLDER.hitrateTestServices = undefined
    await services.stop()
  }
}
