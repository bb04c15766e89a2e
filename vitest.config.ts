import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const ROOT = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')

/** What the lessons claim, on real runs. */
const CLAIMS = /^lessons\/[^/]+\/lesson\.test\.ts$/
/** Tests that measure what a core can do: they run alone, after the others. */
const MEASURE = /^lib\/runs\/(generate|loops|whole)\.test\.ts$/
/** Matrices and repeats, for `npm run test:long`. */
const LONG = /\.long\.test\.tsx?$/
/**
 * What a test says if it works on a real Redis or Postgres, or on processes of its own. A fast test that does so
 * without saying it fails, since nothing is started for it.
 */
const SERVICES = /inject\(|['/](agreement|context|bench|evidence|start|child|run-edge|spawn|start-app|binaries)'/

const tests = ['app', 'lessons', 'lib'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`),
)
const take = (fits: (file: string) => boolean) => {
  const taken = tests.filter(fits)
  for (const file of taken) tests.splice(tests.indexOf(file), 1)
  return taken
}
const long = take((file) => LONG.test(file))
const claims = take((file) => CLAIMS.test(file))
const measure = take((file) => MEASURE.test(file))
const service = take((file) => SERVICES.test(readFileSync(join(ROOT, file), 'utf8')))
const fast = tests

/** No test assumes speed: these only end one that will never pass. */
const PATIENCE = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } } as const
const common = { environment: 'node', isolate: false, ...PATIENCE } as const
const alone = { ...common, maxWorkers: 1, globalSetup: 'lib/testing/services.ts' } as const
const resolve = { alias: { '@': ROOT } }

export default defineConfig({
  test: {
    projects: [
      // What is fast comes first: it says soonest what is wrong. Nothing of it leaves anything behind in its module.
      { resolve, test: { ...common, name: 'fast', include: fast, maxWorkers: 2, sequence: { groupOrder: 0 } } },
      // Many of these wait for other processes more than they compute.
      {
        resolve,
        test: {
          ...common,
          name: 'services',
          include: service,
          maxWorkers: 2,
          globalSetup: 'lib/testing/services.ts',
          sequence: { groupOrder: 1 },
        },
      },
      { resolve, test: { ...alone, name: 'alone', include: measure, sequence: { groupOrder: 2 } } },
      { resolve, test: { ...alone, name: 'claims', include: claims, sequence: { groupOrder: 3 } } },
      { resolve, test: { ...alone, name: 'long', include: long, sequence: { groupOrder: 4 } } },
    ],
  },
})
