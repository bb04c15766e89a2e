'use client'

import { useState } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { usePredictFirst } from '@/app/experiment/experiment-context'
import { ms } from '@/app/format'
import { useLab } from '@/app/lab/lab-provider'
import { Segments } from '@/app/parts/controls'
import { FaultNotice } from '@/app/parts/fault-notice'
import { OutcomeMark } from '@/app/parts/outcome'
import { headerNote } from './header-notes'
import { PanelForm } from './panel-form'
import type { Sent } from './send'
import { requestPath, resourceOf, type SetupProps, setupOf, strategyOf } from './setup'
import { SetupForm } from './setup-form'
import { type Round, useWitnesses } from './use-witnesses'
import { Compared, Sides } from './witness-tables'

const TIMES = ['1', '5', '10']

const BY: Record<Sent['by'], string> = {
  browser: 'browser’s cache',
  'browser-revalidated': '304, then browser’s cache',
  network: 'network',
}

/**
 * The browser itself as the client: it fetches in this page, one request after another, and two witnesses count. Tells
 * the experiment around it the figures that `witnessFigures` names.
 */
export function Witnesses({ choices, ...props }: SetupProps & { choices?: readonly string[] }) {
  const catalog = useCatalog()
  const { lab } = useLab()
  const predictFirst = usePredictFirst()
  const [setup, setSetup] = useState(() => setupOf(catalog, props))
  const [times, setTimes] = useState('1')
  const { counts, round, listening, live, ask, forget } = useWitnesses()
  const { strategy } = setup
  const path = requestPath(
    setup,
    resourceOf(catalog, setup.resource),
    lab ?? '…',
    strategyOf(catalog, strategy).expires,
  )
  const counted = round && counts[round.strategy]
  const last = round?.sends.at(-1)

  return (
    <section className="bands" aria-label="Two witnesses">
      <PanelForm
        onSend={() => {
          if (lab !== undefined && !listening) void ask({ path, resource: setup.resource, strategy }, Number(times))
        }}
      >
        <SetupForm
          setup={setup}
          onSetup={setSetup}
          strategies={choices}
          wrong={last?.fault?.parameter}
          disabled={listening}
        />
        <Segments
          name="Requests, one after another"
          value={times}
          onChange={setTimes}
          choices={TIMES.map((id) => ({ id, label: id }))}
        />
        <div className="ml-auto flex flex-wrap items-center gap-3">
          {round && (
            <button
              type="button"
              className="button-quiet"
              title="Counts from nothing; the first request then goes past the browser’s cache"
              onClick={forget}
            >
              Count anew
            </button>
          )}
          <button type="submit" className="button min-w-36" disabled={lab === undefined} aria-disabled={listening}>
            {lab === undefined
              ? 'Connecting…'
              : predictFirst
                ? 'Predict first'
                : listening
                  ? 'Counting…'
                  : times === '1'
                    ? 'Ask once'
                    : `Ask ${times} times`}
          </button>
        </div>
      </PanelForm>
      {last?.fault && (
        <div className="band">
          <FaultNotice fault={last.fault} />
        </div>
      )}
      {round && counted ? (
        <>
          <Sends round={round} />
          <Sides round={round} counted={counted} listening={listening} live={live} />
        </>
      ) : (
        <p className="band max-w-[75ch] text-ink-2">
          Nothing asked yet. A count begins as if this browser had kept nothing: its first request goes past the
          browser’s cache.
        </p>
      )}
      {Object.keys(counts).length > 1 && <Compared counts={counts} />}
    </section>
  )
}

/** The fetches of the last round, in the order in which they were made, and what their answer allows. */
function Sends({ round: { sends, strategy } }: { round: Round }) {
  const allows = sends.at(-1)?.headers.find(([name]) => name === 'cache-control')?.[1]
  return (
    <div className="band">
      <h4 className="field-name">
        What this page just did, with <code>{strategy}</code>
      </h4>
      <ol className="num mt-2 flex flex-wrap gap-x-5 gap-y-1.5 text-[13px]">
        {sends.map(({ id, outcome, by, roundTripMs, status }) => (
          <li key={id} className="flex items-center gap-1.5">
            <OutcomeMark outcome={outcome} />
            <span>{status === 0 ? 'no answer' : BY[by]}</span> <span className="text-ink-2">{ms(roundTripMs)}</span>
          </li>
        ))}
      </ol>
      {allows && (
        <p className="mt-3 text-sm">
          <code className="text-[13px]">Cache-Control: {allows}</code>{' '}
          <span className="text-ink-2">{headerNote('cache-control')?.says(allows)}</span>
        </p>
      )}
    </div>
  )
}
