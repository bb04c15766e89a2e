'use client'

import { CopyButton } from '@/app/parts/copy-button'
import { saveText } from '@/app/parts/save-file'
import type { RunState } from '@/lib/runs/report'
import { asCsv, asJson, curvesCsv, distributionsCsv, fileName } from './exports'
import { type HtmlChart, htmlReport } from './html-report'

/** Runs as files, and the link to this page. */
export function ExportBar({ runs, collect }: { runs: readonly RunState[]; collect: () => HtmlChart[] }) {
  const ids = runs.map(({ id }) => id)
  const files: { name: string; about: string; save: () => void }[] = [
    {
      name: 'JSON',
      about: 'Everything, as the server answers it',
      save: () => saveText(fileName(ids, '.json'), 'application/json', asJson(runs, Date.now())),
    },
    {
      name: 'CSV: figures',
      about: 'A line a run, all figures and the config',
      save: () => saveText(fileName(ids, '.csv'), 'text/csv', asCsv(runs)),
    },
    {
      name: 'CSV: percentiles',
      about: 'The percentile curves, a line a point',
      save: () => saveText(fileName(ids, '-percentiles.csv'), 'text/csv', curvesCsv(runs)),
    },
    {
      name: 'CSV: distribution',
      about: 'The distributions, a line a bin',
      save: () => saveText(fileName(ids, '-distribution.csv'), 'text/csv', distributionsCsv(runs)),
    },
    {
      name: 'HTML report',
      about: 'One file with all tables and charts, to be opened anywhere',
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
        Each chart has its own buttons for SVG and PNG. The server keeps a run for 30 days, and the newest 100 of a lab.
      </p>
    </section>
  )
}
