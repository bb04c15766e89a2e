'use client'

import { lazy, Suspense, useState } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { usePredictFirst } from '@/app/experiment/experiment-context'
import { useSetUpLink } from '@/app/experiment/use-set-up-link'
import { useLab } from '@/app/lab/lab-provider'
import { isOver } from '@/app/lab/use-run'
import { CopyButton } from '@/app/parts/copy-button'
import { FaultNotice } from '@/app/parts/fault-notice'
import { AbPanel } from './ab-panel'
import { LoadForm } from './load-form'
import { type LoadSettings, type LoadSetup, loadSetupOf, runRequest } from './load-setup'
import { PanelForm } from './panel-form'
import { RunFigures } from './run-figures'
import { RunProgress } from './run-progress'
import { resourceOf, type SetupProps, setupOf, strategyOf } from './setup'
import { type SetupControl, SetupForm } from './setup-form'
import { TerminalCommands } from './terminal-commands'
import { useAb } from './use-ab'
import { useLoadRun } from './use-load-run'

const Distribution = lazy(() => import('./distribution'))
const RunRequests = lazy(() => import('./run-requests').then((m) => ({ default: m.RunRequests })))

export interface LoadProps extends SetupProps, LoadSettings {
  /** Names the panel, so that a reload finds its run again. Unique on its page. */
  id: string
  strategies?: readonly string[]
  /** Show how the round trips are spread, once a run is over. */
  distribution?: boolean
  /** Have the requests one by one open, once a run is over. */
  requestsShown?: boolean
}

/** A load run, watched live. For lessons: it holds its own set-up. */
export function LoadPanel({ id, strategies, distribution, requestsShown, ...props }: LoadProps) {
  const catalog = useCatalog()
  const [setup, setSetup] = useState(() => setupOf(catalog, props))
  const [load, setLoad] = useState(() => loadSetupOf(props))
  const link = useSetUpLink(id, { setup, load }, (given) => {
    setSetup(given.setup)
    setLoad(given.load ?? load)
  })
  return (
    <LoadBench
      id={id}
      setup={setup}
      onSetup={setSetup}
      strategies={strategies}
      load={load}
      onLoad={setLoad}
      distribution={distribution}
      requestsShown={requestsShown}
      link={link}
    />
  )
}

/** The same with its set-up held by the page. */
export function LoadBench({
  id,
  load,
  onLoad,
  distribution,
  requestsShown,
  link,
  ...control
}: SetupControl & {
  id: string
  load: LoadSetup
  onLoad: (change: (load: LoadSetup) => LoadSetup) => void
  distribution?: boolean
  requestsShown?: boolean
  /** Makes the link to the set-up, where it is not the page's address that holds it. */
  link?: () => string
}) {
  const { setup } = control
  const catalog = useCatalog()
  const { lab } = useLab()
  const predictFirst = usePredictFirst()
  const { id: runId, run, busy, report, reports, startFault, fault, lost, stopping, start, stop } = useLoadRun(id)
  const resource = resourceOf(catalog, setup.resource)
  const strategy = strategyOf(catalog, setup.strategy)
  const ab = useAb(id)
  const [abOpen, setAbOpen] = useState<boolean>()
  // One that a reload finds again is shown.
  const abShown = abOpen ?? ab.ab.status !== 'none'

  const runNow = () => {
    if (lab !== undefined && !busy && !ab.busy) start(runRequest(setup, load, resource, lab, strategy.expires))
  }

  return (
    <section className="bands" aria-label="Run a load">
      <PanelForm onSend={runNow}>
        <SetupForm {...control} wrong={startFault?.parameter?.replace(/^params\./, '')} />
        <LoadForm load={load} onLoad={onLoad} resource={setup.resource} fault={startFault} />
        <div className="ml-auto flex flex-wrap items-center gap-3">
          <button
            type="button"
            className="button-quiet min-h-11!"
            aria-expanded={abShown}
            title="Measure two set-ups in turns, and compare them pair by pair"
            onClick={() => setAbOpen(!abShown)}
          >
            A/B
          </button>
          {busy ? (
            <button
              type="button"
              className="button min-w-28"
              aria-disabled={runId === undefined || stopping}
              onClick={stop}
            >
              {stopping ? 'Stopping…' : 'Stop'}
            </button>
          ) : (
            <button type="submit" className="button min-w-28" disabled={lab === undefined || ab.busy}>
              {lab === undefined ? 'Connecting…' : predictFirst ? 'Predict first' : report ? 'Run again' : 'Run'}
            </button>
          )}
        </div>
      </PanelForm>
      {abShown && <AbPanel control={ab} setup={setup} strategies={control.strategies} load={load} blocked={busy} />}
      {fault && (
        <div className="band">
          <FaultNotice fault={fault} />
        </div>
      )}
      {runId !== undefined && !run.fault && <RunProgress id={runId} run={run} />}
      {runId === undefined && !startFault && (
        <p className="band text-ink-2">
          {lost
            ? 'The server knows nothing of the last run any more: it was started anew meanwhile.'
            : 'No run yet. The load generator runs in a thread of its own and asks this app over real connections.'}
        </p>
      )}
      {run.state && <RunFigures state={run.state} reports={reports} onAgain={runNow} blocked={busy || ab.busy} />}
      {distribution && report && (
        <Suspense fallback={<p className="band min-h-72 text-ink-2">Drawing…</p>}>
          <Distribution report={report} />
        </Suspense>
      )}
      {isOver(run.state) && run.state && run.state.report.requests > 0 && (
        <Suspense fallback={<p className="band text-ink-2">Fetching…</p>}>
          <RunRequests key={run.state.id} run={run.state.id} open={requestsShown} />
        </Suspense>
      )}
      <div className="band grid gap-y-4">
        <TerminalCommands setup={setup} load={load} resource={resource} strategy={strategy} />
        {link && (
          <CopyButton className="button-quiet justify-self-start" text={link}>
            Copy link to this set-up
          </CopyButton>
        )}
      </div>
    </section>
  )
}
