import { describe, expect, it } from 'vitest'
import type { RunState } from '@/lib/runs/report'
import { usableUnless } from '@/lib/runs/usable'
import { asCsv, asJson, columnsOf, curvesCsv, distributionsCsv, fileName } from './exports'
import { htmlReport } from './html-report'
import { framedSvg } from './svg'
import { testRun } from './testing'

const stateOf = (...of: Parameters<typeof testRun>): RunState => {
  const report = testRun(...of)
  return { id: report.run, lab: 'lab', status: 'done', report }
}
/** The cells of a CSV in which none holds the end of a line. */
const lines = (csv: string) =>
  csv
    .trimEnd()
    .split('\r\n')
    .map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"')))
const plainly = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ')

describe('files', () => {
  it('are named after their runs, whatever an address holds', () => {
    expect(fileName(['ab12'], '.json')).toBe('hitrate-run-ab12.json')
    expect(fileName(['ab12', 'cd34'], '.csv')).toBe('hitrate-comparison-ab12-2-runs.csv')
    expect(fileName(['../../x"'], '.json')).toBe('hitrate-run-x.json')
  })
})

describe('JSON', () => {
  it('holds what the server answered, and no less', () => {
    const run = stateOf()
    expect(JSON.parse(asJson([run], 0))).toEqual({
      format: 'hitrate-runs',
      version: 1,
      exportedAt: '1970-01-01T00:00:00.000Z',
      runs: [run],
    })
  })
})

describe('CSV', () => {
  it('has a line a run, and a column a figure with its unit', () => {
    const csv = asCsv([
      stateOf({ run: 'one' }, { strategy: 'memory' }),
      stateOf({ run: 'two', throughput: 12.5, versions: { next: '16' } }, { strategy: 'none' }),
    ])
    const [head = [], first = [], second = [], ...rest] = lines(csv)
    expect(rest).toEqual([])
    const at = (row: string[], column: string) => row[head.indexOf(column)]
    expect(at(first, 'name')).toBe('A')
    expect(at(second, 'run')).toBe('two')
    expect(at(second, 'throughput_per_s')).toBe('12.5')
    expect(at(first, 'round_trip_p99_ms')).toBe('5')
    expect(at(first, 'seed')).toBe('1')
    expect(at(first, 'version_next')).toBe('')
    expect(at(second, 'version_next')).toBe('16')
    expect(head).toContain('service_p99_ms')
    expect(new Set(head).size).toBe(head.length)
  })
  it('holds the conditions of each run, when it started, and what else ran', () => {
    const alongside = { queuedRuns: 1, requests: 7, cores: { busy: 1.5, own: 0.5 } }
    const csv = asCsv([
      stateOf(
        { startedAt: '2026-11-28T12:00:00.000Z', alongside },
        { params: { delay: 20 }, host: 'workers', workers: 2, connections: 4 },
      ),
      stateOf({ alongside: null, startedAt: null }, { via: 'edge' }),
    ])
    const [head = [], first = [], second = []] = lines(csv)
    const of = (row: string[]) => Object.fromEntries(head.map((column, i) => [column, row[i]]))
    expect(of(first)).toMatchObject({
      started_at: '2026-11-28T12:00:00.000Z',
      usable: 'true',
      params: '{"delay":20}',
      via: 'direct',
      host: 'workers',
      workers: '2',
      connections: '4',
      other_labs_requests: '7',
      queued_runs: '1',
      cores_busy: '1.5',
      cores_own: '0.5',
    })
    expect(of(second)).toMatchObject({
      started_at: '',
      via: 'edge',
      host: 'next',
      workers: '',
      other_labs_requests: '',
    })
  })
  it('marks every line of a run whose metrics are unusable, and judges no threshold of it', () => {
    const run = stateOf({
      usable: usableUnless('generator-busy'),
      thresholds: [{ threshold: 'errors = 0', actual: 0, passed: false, judged: false }],
      percentiles: [{ percentile: 99, ms: 5 }],
    })
    const [head = [], row = []] = lines(asCsv([run]))
    const of = (column: string) => row[head.indexOf(column)]
    expect([of('usable'), of('unusable_because'), of('thresholds_failed')]).toEqual(['false', 'generator-busy', ''])
    expect(lines(curvesCsv([run]))[1]).toEqual(['A', 'run-1', 'false', '99', '5'])
    expect(lines(distributionsCsv([run]))[1]?.slice(0, 3)).toEqual(['A', 'run-1', 'false'])
    expect(JSON.parse(asJson([run], 0))).toMatchObject({ runs: [{ report: { usable: { ok: false } } }] })
  })
  it('documents each column', () => {
    const columns = columnsOf([stateOf({ versions: { next: '16' } })])
    expect(columns.map(({ id }) => id)).toEqual(lines(asCsv([stateOf({ versions: { next: '16' } })]))[0])
    for (const { id, about } of columns) expect(about, id).toMatch(/\w/)
  })
  it('keeps quotes, line ends and formulas in their cell', () => {
    const csv = asCsv([stateOf({ machine: { cpus: 2, model: 'a "fast"\r\none', node: '', platform: '=1+1' } })])
    expect(csv).toContain('"a ""fast""\r\none"')
    expect(csv).toContain(`"'=1+1"`)
  })
  it('has a line a point of the curve and a bin of the distribution', () => {
    const run = stateOf({
      percentiles: [{ percentile: 99, ms: 5 }],
      distribution: [{ fromMs: 1, toMs: 10, count: 7 }],
    })
    expect(lines(curvesCsv([run]))).toEqual([
      ['name', 'run', 'usable', 'percentile', 'round_trip_ms'],
      ['A', 'run-1', 'true', '99', '5'],
    ])
    expect(lines(distributionsCsv([run]))[1]).toEqual(['A', 'run-1', 'true', '1', '10', '7'])
  })
})

describe('the HTML report', () => {
  const written = (runs: RunState[]) =>
    plainly(
      htmlReport({ runs, charts: [{ title: 'Curve', svg: '<svg></svg>' }], now: 0, address: 'http://x/runs?id=1' }),
    )

  it('holds figures, config, machine and charts, and nothing that runs or is fetched', () => {
    const html = written([stateOf({ latencyMs: { ...testRun().latencyMs, p99: 12.34 } })])
    expect(html).toContain('12.3 ms')
    expect(html).toContain('<th scope="row">Seed</th><td>1</td>')
    expect(html).toContain('<figure><svg></svg></figure>')
    expect(html).not.toMatch(/<script|<link|<img|<a |src=|href=|url\(/i)
  })
  it('takes nothing of a run for HTML', () => {
    const html = written([
      stateOf({ machine: { cpus: 1, model: '<img src=x onerror=alert(1)>', node: '"&', platform: '' } }),
    ])
    expect(html).not.toContain('<img')
    expect(html).toContain('&#60;img src=x')
    expect(html).toContain('&#34;&#38;')
  })
  it('says loudly that metrics are unusable, and which threshold failed', () => {
    const html = written([
      stateOf({
        usable: { ok: false, reasons: [{ code: 'generator-busy', words: 'It worked all the time.' }] },
        thresholds: [{ threshold: 'p99 < 1 ms', actual: 5, passed: false, judged: false }],
      }),
    ])
    expect(html).toContain('class="loud">Don’t use the metrics of this run. It worked all the time.')
    expect(html).toContain('<td>p99 &#60; 1 ms</td><td>5.00 ms</td><td class="quiet">not judged</td>')
    expect(html).toContain('<th>A (unusable)</th>')
    const failed = [{ threshold: 'p99 < 1 ms', actual: 5, passed: false, judged: true }]
    expect(written([stateOf({ thresholds: failed })])).toContain('<td class="failed">failed</td>')
  })
  it('gives the interval over repeats, and says plainly where two cannot be told apart', () => {
    const runs = [1, 1.1, 0.9, 1, 1.1, 0.95].map((p50, i) =>
      stateOf(
        { run: `run-${i}`, latencyMs: { ...testRun().latencyMs, p50 }, throughput: i < 3 ? 100 + i : 200 + i },
        { strategy: i < 3 ? 'none' : 'memory' },
      ),
    )
    const html = written(runs)
    expect(html).toContain('<h2>B compared with A</h2>')
    expect(html).toMatch(
      /<th scope="row">p50<\/th><td>× [\d.]+<\/td><td>[^<]+<\/td><td>[\d.]+<\/td><td>cannot be told apart</,
    )
    expect(html).toMatch(
      /<th scope="row">Throughput<\/th><td>× 2\.02<\/td><td>× 1\.97 to × 2\.08<\/td><td>&#60; 0\.001<\/td><td>more</,
    )
  })
})

it('names the lines of a chart that stands alone, and breaks what is wider than it', () => {
  const entry = (name: string) => ({ name, stroke: '#000' })
  const svg = (names: string[], notes: string[] = []) =>
    framedSvg({
      notes,
      title: 'p99 < 5',
      legend: names.map(entry),
      drawing: '<svg width="300" height="100"/>',
      width: 300,
      height: 100,
      colors: { paper: '#fff', ink: '#000', quiet: '#555' },
    })
  expect(svg(['one'])).toContain('p99 &#60; 5</text>')
  expect(svg(['one'])).toContain('<svg width="300" height="100"/>')
  const heightOf = (text: string) => Number(/height="(\d+)"/.exec(text)?.[1])
  const long = 'a name that is rather long'
  expect(heightOf(svg([long, long, long]))).toBe(heightOf(svg(['one'])) + 40)
  const words = 'twelve words, which are too wide for a drawing of three hundred pixels'
  expect(svg(['one'], [words])).toContain('>twelve words, which are too wide for a</text>')
})
