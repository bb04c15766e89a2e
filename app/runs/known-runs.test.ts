import { expect, it } from 'vitest'
import type { NotebookItem } from '@/lib/notebook/items'
import { usableUnless } from '@/lib/runs/usable'
import { knownRuns, reportsKept } from './known-runs'
import { testRun } from './testing'

const noted = (run: string, at: number): NotebookItem => ({
  id: `run:${run}`,
  kind: 'run',
  at,
  lesson: 'a-lesson',
  run,
  resource: 'slow-value',
  strategy: 'redis',
  ttl: 10,
  seed: 1,
  requests: 100,
  errors: 0,
  hitRate: 0.9,
  originCalls: 10,
  throughput: 100,
  p50: 1,
  p95: 2,
  p99: 3,
})
const storage = (entries: Record<string, string>) => ({
  length: Object.keys(entries).length,
  key: (i: number) => Object.keys(entries)[i] ?? null,
  getItem: (name: string) => entries[name] ?? null,
})

it('lists the newest first, and each run once', () => {
  const runs = knownRuns([noted('old', 1), noted('new', 2)], [testRun({ run: 'new' }), testRun({ run: 'tab' })])
  expect(runs.map(({ run }) => run)).toEqual(['tab', 'new', 'old'])
  expect(runs.find(({ run }) => run === 'new')).toMatchObject({ lesson: 'a-lesson', strategy: 'redis' })
})
it('knows which runs have unusable metrics, from the notebook and from the tab', () => {
  const usable = usableUnless('generator-busy')
  const runs = knownRuns([{ ...noted('noted', 1), usable: false } as NotebookItem], [testRun({ run: 'tab', usable })])
  expect(runs.map(({ run, usable }) => [run, usable])).toEqual([
    ['tab', false],
    ['noted', false],
  ])
})
it('finds what any panel of the tab remembers, and fails on nothing that is there', () => {
  const kept = storage({
    'hitrate:runs:a': JSON.stringify({ reports: [testRun({ run: 'one' })] }),
    'hitrate:runs-2:b': JSON.stringify({ reports: [testRun({ run: 'two' }), { run: 'half' }, null] }),
    'hitrate:runs-2:c': 'not JSON',
    'hitrate:runs-2:d': 'null',
    other: JSON.stringify({ reports: [testRun({ run: 'three' })] }),
  })
  expect(reportsKept(kept).map(({ run }) => run)).toEqual(['one', 'two'])
})
