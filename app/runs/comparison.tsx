'use client'

import Link from 'next/link'
import { useId } from 'react'
import { isOver } from '@/app/lab/use-run'
import { ThresholdVerdict } from '@/app/panels/threshold-verdict'
import { UsableNotice } from '@/app/panels/usable-notice'
import { Scroller } from '@/app/parts/scroller'
import { differences, SEED } from '@/lib/runs/differences'
import type { RunState } from '@/lib/runs/report'
import { COMPARED_MAX, listAddress, runAddress } from './address'
import { ChartShelf } from './chart-figure'
import { differingConditions, runInWords, shortNames } from './conditions'
import { ExportBar } from './export-bar'
import { FiguresTable } from './figures-table'
import { machineInWords } from './html-report'
import { MissingRun } from './missing-run'
import { groupsOf, named, sharesSeeds } from './named'
import { comparisonsOf } from './repeats'
import { RepeatsTable } from './repeats-table'
import { BarCharts, DistributionChart, type DrawnRun, lookOf, PercentileChart } from './run-charts'
import { SettingsTables } from './settings-table'
import { useRunRecords } from './use-run-record'

/** Runs beside each other, in the order of the address. */
export function Comparison({ ids, left }: { ids: readonly string[]; left: readonly string[] }) {
  const records = useRunRecords(ids)
  const asking = records.filter(({ state, fault }) => !fault && !isOver(state)).length
  const states = records.flatMap(({ state }) => (state && isOver(state) ? [state] : []))
  const measured = states.filter(({ report }) => report.requests > 0)
  const empty = states.filter(({ report }) => report.requests === 0)
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <h1 className="text-[44px] font-extrabold">Runs compared</h1>
        <Link href={listAddress(ids)} className="button-quiet no-print">
          Choose others
        </Link>
      </div>
      <div className="sheet mt-8" data-testid="comparison" data-runs={measured.length}>
        {asking > 0 && (
          <p className="band text-ink-2" role="status">
            {`${asking === 1 ? 'One run is' : `${asking} runs are`} still asked for, or not over yet…`}
          </p>
        )}
        {records.map(({ id, fault }) => fault && <MissingRun key={id} id={id} fault={fault} />)}
        {left.length > 0 && (
          <p className="band">
            <span>{`At most ${COMPARED_MAX} runs are compared. Left out:`}</span> <code>{left.join(', ')}</code>.
          </p>
        )}
        {empty.length > 0 && (
          <p className="band">
            <span>{empty.length === 1 ? 'One of them ended' : `${empty.length} of them ended`}</span> before anything
            was measured, and <span>{empty.length === 1 ? 'is' : 'are'}</span> left out.
          </p>
        )}
        {measured.length > 0 && <ComparedRuns states={measured} />}
      </div>
    </>
  )
}

function ComparedRuns({ states }: { states: readonly RunState[] }) {
  const tableId = useId()
  const reports = states.map(({ report }) => report)
  const words = shortNames(reports.map(({ config }) => config))
  const runs: DrawnRun[] = named(reports).map((run, i) => ({ ...run, label: `${run.name}: ${words[i] ?? ''}` }))
  const repeats = comparisonsOf(reports)
  return (
    <ChartShelf>
      {(collect) => (
        <>
          <RunNames runs={runs} states={states} />
          {runs
            .filter(({ report }) => !report.usable.ok)
            .map(({ name, report }) => (
              <div key={report.run}>
                <p className="band pb-0! font-semibold">
                  <span>{`Run ${name}:`}</span> <Link href={runAddress(report.run)}>run it again</Link>
                </p>
                <UsableNotice report={report} />
              </div>
            ))}
          <Differences runs={runs} />
          {repeats.length > 0 && (
            <section
              className="band grid grid-cols-[minmax(0,1fr)] gap-y-8"
              aria-label="Difference over repeats"
              data-testid="repeats"
            >
              {repeats.map((each) => (
                <RepeatsTable key={each.b} {...each} />
              ))}
            </section>
          )}
          <div className="band grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 xl:grid-cols-2">
            <PercentileChart runs={runs} described={tableId} />
            <DistributionChart runs={runs} described={tableId} />
          </div>
          <div className="band">
            <BarCharts runs={runs} described={tableId} />
          </div>
          {runs
            .filter(({ report }) => report.thresholds.length > 0)
            .map(({ name, report }) => (
              <div key={report.run}>
                <p className="band pb-2! font-semibold">{`Run ${name}`}</p>
                <ThresholdVerdict thresholds={report.thresholds} />
              </div>
            ))}
          <div className="band">
            <FiguresTable id={tableId} runs={runs} />
            <p className="mt-2 text-[13.5px] text-ink-2">
              Below each figure: what it is beside the first run. Of single runs, no such ratio says how sure it is.
            </p>
          </div>
          <ExportBar runs={states} collect={collect} />
          {runs.map(({ name, report }) => (
            <details key={report.run} className="band">
              <summary className="w-fit py-1 text-blue underline underline-offset-3">{`Run ${name}: config, machine, versions`}</summary>
              <div className="mt-4">
                <SettingsTables report={report} />
              </div>
            </details>
          ))}
        </>
      )}
    </ChartShelf>
  )
}

function RunNames({ runs, states }: { runs: readonly DrawnRun[]; states: readonly RunState[] }) {
  return (
    <ul className="band grid gap-y-1.5" aria-label="Runs">
      {runs.map(({ name, group, report }) => {
        const { stroke, dash } = lookOf(group)
        const status = states.find(({ id }) => id === report.run)?.status
        return (
          <li key={report.run} className="flex flex-wrap items-center gap-x-3">
            <svg width="22" height="8" aria-hidden="true">
              <path d="M0 4h22" stroke={stroke} strokeWidth="2.5" strokeDasharray={dash} />
            </svg>
            <b className="num w-7">{name}</b>
            <Link href={runAddress(report.run)}>{runInWords(report.config)}</Link>
            <span className="num text-[13px] text-ink-2">
              seed <span>{report.config.keys.seed}</span>
              {status !== 'done' && <span>{`, ${status}`}</span>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** In which conditions they differ, and whether they were made on the same machine with the same versions. */
function Differences({ runs }: { runs: readonly DrawnRun[] }) {
  const configs = runs.map(({ report }) => report.config)
  const [first, ...others] = configs
  const lines = [
    ...differingConditions(configs),
    ...[
      { name: 'Machine', words: runs.map(({ report }) => machineInWords(report.machine)) },
      {
        name: 'Versions',
        words: runs.map(({ report }) =>
          Object.entries(report.versions)
            .map((each) => each.join(' '))
            .join(', '),
        ),
      },
    ].filter(({ words }) => new Set(words).size > 1),
  ]
  const unlike = first ? [...new Set(others.flatMap((config) => differences(first, config)))] : []
  const named = sharesSeeds(groupsOf(runs.map(({ report }) => report)))
    ? unlike.filter((name) => name !== SEED)
    : unlike
  return (
    <section className="band" aria-label="Conditions" data-testid="conditions">
      <h2 className="text-lg">{lines.length > 0 ? 'In which conditions they differ' : 'The same conditions'}</h2>
      {lines.length === 0 && <p className="mt-1">Same config, same machine, same versions: the runs are repeats.</p>}
      {named.length > 0 && (
        <p className="mt-1">
          Besides the strategy, they differ in <span>{named.join(', ')}</span>. A comparison is fair if you change one
          thing at a time.
        </p>
      )}
      {lines.length > 0 && (
        <Scroller name="Conditions in which the runs differ" className="mt-2 overflow-x-auto">
          <table className="listing">
            <thead>
              <tr>
                <th scope="col">Condition</th>
                {runs.map(({ name, report }) => (
                  <th key={report.run} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map(({ name, words }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {runs.map(({ report }, i) => (
                    <td key={report.run} className="num">
                      {words[i]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </section>
  )
}
