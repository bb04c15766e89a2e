'use client'

import { CopyButton } from '@/app/parts/copy-button'
import { saveText } from '@/app/parts/save-file'
import type { RunState } from '@/lib/runs/report'
import { asCsv, asJson, columnsOf, curvesCsv, distributionsCsv, fileName } from './exports'
import { type HtmlChart, htmlReport } from './html-report'

/** Runs as files, and the link to this page. */
export function ExportBar({ runs, collect }: { runs: readonly RunState[]; collect: () => HtmlChart[] }) {
  const ids = runs.map(({ id }) => id)
  const files: { name: string; about: string; save: () => void }[] = [
    {
      name: 'JSON',
      about: 'Everything, as the server sends it',
      save: () => saveText(fileName(ids, '.json'), 'application/json', asJson(runs, Date.now())),
    },
    {
      name: 'CSV: figures',
      about: 'One line per run: its config and all metrics',
      save: () => saveText(fileName(ids, '.csv'), 'text/csv', asCsv(runs)),
    },
    {
      name: 'CSV: percentiles',
      about: 'The percentile curves, one line per point',
      save: () => saveText(fileName(ids, '-percentiles.csv'), 'text/csv', curvesCsv(runs)),
    },
    {
      name: 'CSV: distribution',
      about: 'The distributions, one line per bin',
      save: () => saveText(fileName(ids, '-distribution.csv'), 'text/csv', distributionsCsv(runs)),
    },
    {
      name: 'HTML report',
      about: 'One file with all tables and charts, which opens anywhere',
      save: () => {
        const report = htmlReport({ runs, charts: collect(), now: Date.now(), address: location.href })
        saveText(fileName(ids, '.html'), 'text/html', report)
      },
    },
  ]
  return (
    <section className="band no-print" aria-label="Take it along">
      <h2 className="text-lg">Take it along</h2>
      <div className="mt-3 flex flex-wrap gap-3">
        <CopyButton text={() => location.href}>Copy link to this page</CopyButton>
        {files.map(({ name, about, save }) => (
          <button key={name} type="button" className="button-quiet" title={about} onClick={save}>
            {name}
          </button>
        ))}
      </div>
      <p className="mt-2 text-[12.5px] text-ink-2">
        Each chart has its own buttons for SVG and PNG. The server stores a run for 30 days, and the newest 100 of a
        lab.
      </p>
      <details className="mt-3">
        <summary className="w-fit py-1 text-blue underline underline-offset-3">Columns of the CSV</summary>
        <dl className="mt-2 columns-1 gap-x-10 text-[13px] md:columns-2">
          {columnsOf(runs).map(({ id, about }) => (
            <div key={id} className="mb-1 break-inside-avoid">
              <dt className="num inline font-semibold [overflow-wrap:anywhere]">{id}</dt>{' '}
              <dd className="inline text-ink-2">{about}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}
