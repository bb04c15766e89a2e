'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { useExperiment, usePredictFirst } from '@/app/experiment/experiment-context'
import { useSetUpLink } from '@/app/experiment/use-set-up-link'
import { ms } from '@/app/format'
import { useLab } from '@/app/lab/lab-provider'
import { besideOf, type Target, terminalAddress } from '@/app/lab/targets'
import { useProcesses, useTellProcesses } from '@/app/lab/use-processes'
import { Command } from '@/app/parts/command'
import { CopyButton } from '@/app/parts/copy-button'
import { FaultNotice } from '@/app/parts/fault-notice'
import { OutcomeMark } from '@/app/parts/outcome'
import { useOrigin } from '@/app/parts/use-origin'
import { PanelForm } from './panel-form'
import { HeaderFields, TargetField, type Visitor, VisitorField } from './request-fields'
import { type Sent, seenOf, send } from './send'
import { SentAnswer } from './sent-answer'
import { curlCommand, requestPath, resourceOf, type SetupProps, sentHeaders, setupOf, strategyOf } from './setup'
import { type SetupControl, SetupForm } from './setup-form'
import { Way } from './way'
import { WriteRow } from './write-row'

/** Sends that the history shows. */
const HISTORY = 24

interface Targets {
  /** Who may be asked: the app itself where it is left out. */
  targets?: readonly Target[]
  /** What can be written can be written here, too. */
  write?: boolean
}

/** One request at a time, seen from all sides. For lessons: it holds its own set-up. */
export function RequestPanel({
  pick,
  strategies,
  targets,
  write,
  ...props
}: SetupProps & Pick<SetupControl, 'pick' | 'strategies'> & Targets) {
  const catalog = useCatalog()
  const [setup, setSetup] = useState(() => setupOf(catalog, props))
  const link = useSetUpLink('request', { setup }, (given) => setSetup(given.setup))
  return (
    <RequestBench
      setup={setup}
      onSetup={setSetup}
      pick={pick}
      strategies={strategies}
      targets={targets}
      write={write}
      link={link}
    />
  )
}

/** The same with its set-up held by the page. */
export function RequestBench({
  link,
  targets = ['app'],
  write,
  ...control
}: SetupControl &
  Targets & {
    /** Makes the link to the set-up, where it is not the page's address that holds it. */
    link?: () => string
  }) {
  const { setup } = control
  const catalog = useCatalog()
  const { lab, fault: labFault } = useLab()
  const origin = useOrigin()
  const experiment = useExperiment()
  const predictFirst = usePredictFirst()
  const { data: processes } = useProcesses()
  const tellProcesses = useTellProcesses()
  const [visitor, setVisitor] = useState<Visitor>('new')
  const [history, setHistory] = useState<readonly Sent[]>([])
  const request = useMutation({
    mutationFn: send,
    onSuccess: (sent) => {
      setHistory((earlier) => [...earlier, sent].slice(-HISTORY))
      experiment?.sawRequest(seenOf(sent))
      if (sent.to !== 'app') tellProcesses()
    },
  })

  const resource = resourceOf(catalog, setup.resource)
  const sent = history.at(-1)
  const current = sent?.resource === setup.resource ? sent : undefined
  const path = requestPath(setup, resource, lab ?? '…', strategyOf(catalog, setup.strategy).expires)
  const headers = sentHeaders(setup, resource)
  const shared = setup.to === 'edge' || setup.to === 'careless'
  const newVisitor = shared && visitor === 'new'
  const address = terminalAddress(besideOf(setup.to), processes, origin)
  const go = (past?: boolean) => {
    if (predictFirst) return predictFirst()
    if (lab === undefined || request.isPending) return
    request.mutate({
      path,
      resource: setup.resource,
      strategy: setup.strategy,
      past,
      to: setup.to,
      headers,
      newVisitor,
    })
  }

  return (
    <section className="bands" aria-label="Send a request">
      <PanelForm onSend={() => go()}>
        <TargetField targets={targets} {...control} />
        {shared && <VisitorField visitor={visitor} onVisitor={setVisitor} />}
        <SetupForm {...control} wrong={current?.fault?.parameter} />
        <HeaderFields resource={resource} {...control} />
        <div className="ml-auto flex flex-wrap items-center gap-3">
          {strategyOf(catalog, setup.strategy).http && !newVisitor && (
            <button
              type="button"
              className="button-quiet"
              title="Ask the server even where the browser has a fresh copy, as a forced reload does"
              onClick={() => go(true)}
            >
              Send past the browser’s cache
            </button>
          )}
          <button
            type="submit"
            className="button min-w-28"
            disabled={lab === undefined}
            aria-disabled={request.isPending}
          >
            {request.isPending
              ? 'Waiting…'
              : lab === undefined
                ? 'Connecting…'
                : predictFirst
                  ? 'Predict first'
                  : 'Send'}
          </button>
        </div>
        {write && resource.writable && <WriteRow key={path} path={path} to={setup.to} ready={lab !== undefined} />}
        {resource.simulated && <p className="w-full text-sm text-ink-2">{resource.simulated}</p>}
      </PanelForm>
      {labFault && lab === undefined && (
        <div className="band">
          <FaultNotice fault={labFault} />
        </div>
      )}
      <Way tiers={strategyOf(catalog, current?.strategy ?? setup.strategy).tiers} sent={current} />
      <p className="sr-only" aria-live="polite">
        {current && `${current.outcome}, after ${ms(current.roundTripMs)}`}
      </p>
      {current ? (
        <SentAnswer sent={current} />
      ) : (
        <p className="band text-ink-2">
          Nothing sent yet. Send the request twice and compare what the second one took.
        </p>
      )}
      {history.length > 0 && <History history={history} />}
      <div className="band grid gap-y-4">
        {address === undefined ? (
          <p className="text-sm text-ink-2">
            It is not at work yet: it is started with the first request, and the same request for a terminal shows here.
          </p>
        ) : (
          <Command
            about="The same request from a terminal; it shows up in the log here"
            text={curlCommand(address, path, headers)}
          />
        )}
        {link && (
          <CopyButton className="button-quiet justify-self-start" text={link}>
            Copy link to this set-up
          </CopyButton>
        )}
      </div>
    </section>
  )
}

/** The last sends as a row of shapes, the newest last. */
function History({ history }: { history: readonly Sent[] }) {
  return (
    <div className="band">
      <h4 className="field-name">Sent so far, the newest last</h4>
      <ol className="mt-2 flex flex-wrap gap-x-4 gap-y-2" data-testid="sent-so-far">
        {history.map(({ id, outcome, roundTripMs, strategy }) => (
          <li key={id} className="num flex items-center gap-1.5 text-[13px]" title={`${outcome}, ${strategy}`}>
            <OutcomeMark outcome={outcome} />
            <span className="sr-only">{`${outcome}, ${strategy}, `}</span>
            <span>{ms(roundTripMs)}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
