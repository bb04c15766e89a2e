import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Tests that measure what a core can do: they run alone, after the others. */
const MEASURE = ['lib/runs/{generate,loops,whole}.test.ts', 'lib/cli/load/against-others.test.ts']
/** What the lessons claim, on real runs: `npm run check` leaves it to `npm test`. */
const CLAIMS = ['lessons/*/lesson.test.ts']

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    globalSetup: 'lib/testing/services.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          include: ['{lib,lessons,app}/**/*.test.{ts,tsx}'],
          exclude: [...MEASURE, ...CLAIMS],
          // Many of them wait for other processes more than they compute. None leaves anything behind in its module.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: MEASURE, maxWorkers: 1, isolate: false, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: 'claims', include: CLAIMS, maxWorkers: 1, isolate: false, sequence: { groupOrder: 2 } },
      },
    ],
    environment: 'node',
    // The first start makes and fills a database before any test runs; no test waits for that.
    testTimeout: 10_000,
  },
})
