'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { Drawn } from '@/app/experiment/experiment-context'
import { count, plural } from '@/app/format'
import { SelectField } from '@/app/parts/controls'
import { CopyButton } from '@/app/parts/copy-button'
import { OutcomeWord } from '@/app/parts/outcome'
import { Scroller } from '@/app/parts/scroller'
import { Unusable } from '@/app/parts/unusable'
import { runAddress } from '@/app/runs/address'
import { apart } from '@/app/runs/conditions'
import { OUTCOMES } from '@/lib/reading'
import { differences } from '@/lib/runs/differences'
import type { Report } from '@/lib/runs/report'
import { compareRow, reportCsv, rowsOf, writeRow } from './report-rows'

/** The loop, labelled for what it is. */
const LOOPS: Record<Report['config']['mode'], string> = {
  closed: 'closed loop, coordinated omission possible',
  open: 'open loop, from when requests were due',
}

/** A run's report, beside an earlier one of the same panel: the previous, unless another is picked. */
export function ReportTable({
  id,
  report,
  earlier,
  partial,
  drawn,
}: {
  id: string
  report: Report
  /** Reports of earlier runs, the oldest first. */
  earlier: readonly Report[]
  partial?: boolean
  /** What the reader predicted of one of its figures. */
  drawn?: Drawn
}) {
  const [picked, setPicked] = useState<string>()
  const before = earlier.find(({ run }) => run === picked) ?? earlier.at(-1)
  const differ = before ? differences(before.config, report.config) : []
  const [nameBefore, nameNow] = before ? apart(before, report) : [undefined, report.config.strategy]
  return (
    <div className="min-w-0">
      <Scroller name="Report" className="overflow-x-auto">
        <table id={id} className="figures">
          <caption className="mb-1 text-left font-semibold">
            <span>{partial ? 'Report so far' : 'Report'}</span>
            <span className="ml-2 font-normal text-ink-2">{LOOPS[report.config.mode]}</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">Figure</span>
              </th>
              {before && (
                <th scope="col">
                  before: <b className="text-ink">{nameBefore}</b> {!before.usable.ok && <Unusable />}
                </th>
              )}
              <th scope="col">
                {before ? <span>{'now: '}</span> : null}
                <b className="text-ink">{nameNow}</b> {!report.usable.ok && <Unusable />}
              </th>
              {before && <th scope="col">change</th>}
            </tr>
          </thead>
          <tbody>
            {rowsOf(before ? [before, report] : [report]).map((row) => {
              const { name, about, atEnd, figure } = row
              return (
                <tr key={name}>
                  <th scope="row" title={about}>
                    <span>{name}</span>
                    {drawn && drawn.figure === figure && (
                      <span className="num block text-[13px] text-blue">{`your ${drawn.words}`}</span>
                    )}
                  </th>
                  {before && <td className="text-ink-2">{writeRow(row, before)}</td>}
                  <td className="font-semibold">{partial && atEnd ? '…' : writeRow(row, report)}</td>
                  {before && <td className="text-ink-2">{partial ? '…' : compareRow(row, before, report)}</td>}
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroller>
      <ul className="num mt-3 flex flex-wrap gap-x-5 gap-y-1 text-[13px]" aria-label="Outcomes">
        {OUTCOMES.filter((outcome) => !partial && report.outcomes[outcome] > 0).map((outcome) => (
          <li key={outcome}>
            <OutcomeWord outcome={outcome} /> <span>{count(report.outcomes[outcome])}</span>
          </li>
        ))}
      </ul>
      <Statuses report={report} partial={partial} />
      {differ.length > 0 && (
        <p className="mt-3 text-sm">
          The two runs also differ in <span>{differ.join(', ')}</span>. A comparison is fair only under the same
          conditions.
        </p>
      )}
      {before && !(before.usable.ok && report.usable.ok) && (
        <p className="mt-3 text-sm">
          No change is shown: the metrics of <span>{report.usable.ok ? 'the run before' : 'this run'}</span> are
          unusable.
        </p>
      )}
      {report.errors > 0 && (
        <p className="mt-3 text-sm">
          <span>{plural(report.errors, 'request')}</span> had no usable answer and{' '}
          <span>{report.errors === 1 ? 'is' : 'are'}</span> left out of the hit rate. The log tells why, of those that
          reached the server: choose the kind <code>error</code> there.
        </p>
      )}
      {!partial && (
        <div className="mt-4 flex flex-wrap items-end gap-3">
          {earlier.length > 1 && before && (
            <SelectField
              name="Compare with"
              value={before.run}
              onChange={setPicked}
              options={earlier.map((each, i) => ({
                id: each.run,
                label: `run ${i + 1}: ${apart(each, report)[0]}`,
              }))}
            />
          )}
          <Link href={runAddress(report.run)} className="button-quiet">
            Permanent address of this run
          </Link>
          <CopyButton text={() => JSON.stringify(report, null, 2)}>Copy JSON</CopyButton>
          <button type="button" className="button-quiet" onClick={() => save(report, 'json')}>
            Save JSON
          </button>
          <button type="button" className="button-quiet" onClick={() => save(report, 'csv')}>
            Save CSV
          </button>
        </div>
      )}
      {!partial && (
        <p className="mt-3 text-[12.5px] text-ink-2">
          Measured on <span>{report.machine.cpus}</span> × <span>{report.machine.model || 'CPU'}</span>, Node{' '}
          <span>{report.machine.node.replace(/^v/, '')}</span>, <span>{report.machine.platform}</span>. Trust the
          ratios, not the milliseconds: another machine has others.
        </p>
      )}
    </div>
  )
}

/** The status codes of a run that is over. */
function Statuses({ report: { statuses }, partial }: { report: Report; partial?: boolean }) {
  if (partial || Object.keys(statuses).length === 0) return null
  return (
    <ul className="num mt-1 flex flex-wrap gap-x-5 gap-y-1 text-[13px] text-ink-2" aria-label="Status codes">
      {Object.entries(statuses).map(([status, n]) => (
        <li key={status}>
          <b className="text-ink">{status}</b> <span>{count(n)}</span>
        </li>
      ))}
    </ul>
  )
}

function save(report: Report, kind: 'json' | 'csv') {
  const [text, type] =
    kind === 'json' ? [JSON.stringify(report, null, 2), 'application/json'] : [reportCsv(report), 'text/csv']
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = `hitrate-${report.config.strategy}-${report.run}.${kind}`
  link.click()
  URL.revokeObjectURL(url)
}
