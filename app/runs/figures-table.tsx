import Link from 'next/link'
import { count } from '@/app/format'
import { compareRow, writeRow } from '@/app/panels/report-rows'
import { OutcomeWord } from '@/app/parts/outcome'
import { Scroller } from '@/app/parts/scroller'
import { Unusable } from '@/app/parts/unusable'
import { OUTCOMES } from '@/lib/reading'
import { runAddress } from './address'
import { figuresOf } from './figures'
import type { NamedRun } from './named'

/** All figures, a column a run; from the second on with what they are beside the first. */
export function FiguresTable({ id, runs }: { id: string; runs: readonly NamedRun[] }) {
  const [first] = runs
  const reports = runs.map(({ report }) => report)
  const alone = runs.length === 1
  return (
    <Scroller name="Figures" className="overflow-x-auto">
      <table id={id} className="figures">
        <caption className="mb-1 text-left text-lg font-bold">Figures</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Figure</span>
            </th>
            {runs.map(({ name, report }) => (
              <th key={report.run} scope="col">
                {alone ? (
                  <b className="text-ink">{report.config.strategy}</b>
                ) : (
                  <Link href={runAddress(report.run)} className="text-ink">
                    <b>{name}</b> <span>{report.config.strategy}</span>
                  </Link>
                )}
                {!report.usable.ok && (
                  <span className="block">
                    <Unusable />
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figuresOf(reports).map((row) => (
            <tr key={row.id}>
              <th scope="row" title={row.about}>
                {row.name}
              </th>
              {reports.map((report) => (
                <td key={report.run}>
                  <span>{writeRow(row, report)}</span>
                  {first && report !== first.report && (
                    <span className="block text-[12.5px] text-ink-2">{compareRow(row, first.report, report)}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
          {OUTCOMES.filter((outcome) => reports.some(({ outcomes }) => outcomes[outcome] > 0)).map((outcome) => (
            <tr key={outcome}>
              <th scope="row">
                <OutcomeWord outcome={outcome} />
              </th>
              {reports.map(({ run, outcomes }) => (
                <td key={run}>{count(outcomes[outcome])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
