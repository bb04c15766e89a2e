import { count, percent } from '@/app/format'
import { pInWords } from '@/app/panels/ab-rows'
import { writeRow } from '@/app/panels/report-rows'
import { actualInWords, wordOf } from '@/app/panels/threshold-words'
import { verdictInWords } from '@/lib/runs/compare'
import type { Report, RunState } from '@/lib/runs/report'
import { circumstancesOf, conditionsOf, differingConditions } from './conditions'
import { figuresOf } from './figures'
import { named } from './named'
import { comparisonsOf, intervalInWords, methodInWords, ratioInWords } from './repeats'
import { escaped } from './svg'

/** A chart of the report. */
export interface HtmlChart {
  title: string
  /** A whole `<svg>`, of the page's own making. */
  svg: string
}

/** What the report looks like: no font and no picture from elsewhere. */
const STYLE = `
:root{color-scheme:light;--ink:#15203b;--quiet:#55607c;--line:#d6dde0}
body{max-width:1080px;margin:32px auto;padding:0 20px;background:#fbfcfb;color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,sans-serif}
h1{font-size:32px;line-height:1.1;margin:0 0 8px}h2{font-size:21px;margin:36px 0 8px;border-top:2px solid var(--ink);padding-top:16px}
p{margin:6px 0;overflow-wrap:anywhere}.quiet{color:var(--quiet)}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}th,td{padding:5px 12px 5px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
td{font-family:ui-monospace,'DejaVu Sans Mono',monospace;font-size:13.5px;font-variant-numeric:tabular-nums}
th{font-weight:500}thead th{color:var(--quiet);font-size:13px}
.loud{border:3px solid #c4263b;padding:12px 16px;margin:16px 0;color:#c4263b;font-weight:600}
.held{color:#0a7550}.failed{color:#c4263b;font-weight:600}
figure{margin:20px 0;overflow-x:auto}figure svg{max-width:100%;height:auto;border:1px solid var(--line)}
@media print{body{margin:0}h2,figure,tr{break-inside:avoid}}
`.replaceAll('\n', '')

/**
 * Runs as one HTML file that needs nothing else: no script, no address that is fetched. Everything that runs hold is
 * text in it.
 */
export function htmlReport({
  runs,
  charts,
  now,
  address,
}: {
  runs: readonly RunState[]
  charts: readonly HtmlChart[]
  /** Epoch milliseconds. */
  now: number
  /** Where the page is that shows the same. Written, not linked. */
  address: string
}): string {
  const reports = runs.map(({ report }) => report)
  const names = named(reports)
  const title = runs.length === 1 ? 'A load run' : `${runs.length} load runs compared`
  const head = (first: string) =>
    `<thead><tr><th>${first}</th>${names.map(({ name, report }) => `<th>${escaped(marked(name, report))}</th>`).join('')}</tr></thead>`
  const line = (name: string, cells: readonly string[]) =>
    `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`
  const many = runs.length > 1
  const differ = differingConditions(reports.map(({ config }) => config))
  const thresholds = names.flatMap(({ name, report }) =>
    report.thresholds.map((each) => ({ ...each, word: wordOf(each), actual: actualInWords(each), name })),
  )
  const repeats = comparisonsOf(reports)

  const parts = [
    `<h1>${title}</h1>`,
    `<p class="quiet">Hitrate, ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC. Made from ${escaped(address)}</p>`,
    ...names
      .filter(({ report }) => !report.usable.ok)
      .map(
        ({ name, report }) =>
          `<p class="loud">Don’t use the metrics of ${many ? `run ${escaped(name)}` : 'this run'}. ${escaped(report.usable.reasons.map(({ words }) => words).join(' '))}</p>`,
      ),
    '<h2>Runs</h2>',
    table(
      '<thead><tr><th>Run</th><th>Id</th><th>How it ended</th><th>Started</th><th>What it was</th></tr></thead>',
      names.map(({ name, report }) => {
        const state = runs.find(({ id }) => id === report.run)
        const ended = `${state?.status ?? ''}${state?.reason ? `: ${state.reason}` : ''}`
        return line(marked(name, report), [
          report.run,
          ended,
          report.startedAt ?? '–',
          `${report.config.resource}, ${report.config.strategy}`,
        ])
      }),
    ),
    ...(differ.length > 0 && many
      ? [
          '<h2>In which conditions they differ</h2>',
          table(
            head('Condition'),
            differ.map(({ name, words }) => line(name, words)),
          ),
        ]
      : []),
    ...(thresholds.length > 0
      ? [
          '<h2>Thresholds</h2>',
          table(
            '<thead><tr><th>Run</th><th>Threshold</th><th>It was</th><th>Verdict</th></tr></thead>',
            thresholds.map(
              ({ name, threshold, actual, word }) =>
                `<tr><th scope="row">${escaped(name)}</th><td>${escaped(threshold)}</td><td>${escaped(actual)}</td><td class="${word === 'not judged' ? 'quiet' : word}">${word}</td></tr>`,
            ),
          ),
        ]
      : []),
    '<h2>Figures</h2>',
    table(
      head('Figure'),
      figuresOf(reports).map((row) =>
        line(
          row.name,
          reports.map((report) => writeRow(row, report)),
        ),
      ),
    ),
    table(
      head('Outcome'),
      Object.keys(reports[0]?.outcomes ?? {}).map((outcome) =>
        line(
          outcome,
          reports.map(({ outcomes, requests }) => {
            const of = outcomes[outcome as keyof typeof outcomes]
            return `${count(of)} (${percent(requests === 0 ? 0 : of / requests)})`
          }),
        ),
      ),
    ),
    ...repeats.flatMap((compared) => [
      `<h2>${compared.b} compared with ${compared.a}</h2>`,
      `<p class="quiet">${escaped(methodInWords(compared))}</p>`,
      table(
        '<thead><tr><th>Metric</th><th>Ratio</th><th>95% interval</th><th>p</th><th>Verdict</th></tr></thead>',
        compared.figures.map(({ name, words, comparison }) =>
          line(name, [
            ratioInWords(comparison),
            intervalInWords(comparison),
            pInWords(comparison.p),
            verdictInWords(comparison, words),
          ]),
        ),
      ),
    ]),
    ...(charts.length > 0 ? ['<h2>Charts</h2>'] : []),
    ...charts.map(({ svg }) => `<figure>${svg}</figure>`),
    ...settingsOf(reports).flatMap(({ of, lines }) => [
      `<h2>${many ? `${of.length > 1 ? 'Runs' : 'Run'} ${escaped(of.join(', '))}: c` : 'C'}onfig, machine, versions</h2>`,
      table(
        '',
        lines.map(({ name, words }) => line(name, [words])),
      ),
    ]),
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${title}</title><style>${STYLE}</style></head><body>
${parts.join('\n')}
</body></html>
`
}

/** Names a run in a head, with a mark if its metrics are unusable. */
const marked = (name: string, { usable }: Report): string => (usable.ok ? name : `${name} (unusable)`)

/** What runs were told and made with, once for all that share it. */
function settingsOf(reports: readonly Report[]): { of: string[]; lines: { name: string; words: string }[] }[] {
  const settings: { of: string[]; lines: { name: string; words: string }[] }[] = []
  for (const { name, report } of named(reports)) {
    const lines = [
      ...conditionsOf(report.config),
      ...circumstancesOf(report),
      { name: 'Machine', words: machineInWords(report.machine) },
      ...Object.entries(report.versions).map(([what, words]) => ({ name: what, words })),
    ]
    const same = settings.find((each) => JSON.stringify(each.lines) === JSON.stringify(lines))
    if (same) same.of.push(name)
    else settings.push({ of: [name], lines })
  }
  return settings
}

const table = (head: string, rows: readonly string[]) =>
  `<div class="wide"><table>${head}<tbody>${rows.join('')}</tbody></table></div>`

/** `2 × Some CPU, Node 20.20, linux x64`. */
export const machineInWords = ({ cpus, model, node, platform }: RunState['report']['machine']): string =>
  `${cpus} × ${model || 'CPU'}, Node ${node.replace(/^v/, '')}, ${platform}`
