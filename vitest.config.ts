import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Tests that measure what a core can do: they run alone, after the others. */
const MEASURE = ['lib/runs/{generate,loops,whole}.test.ts', 'lessons/*/lesson.test.ts']

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
          exclude: MEASURE,
          // Many of them wait for other processes more than they compute.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: MEASURE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
    environment: 'node',
    // The first start makes and fills a database before any test runs; no test waits for that.
    testTimeout: 10_000,
  },
})
