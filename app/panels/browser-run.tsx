'use client'

import { useState } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { bytes, count, ms, percent, perSecond, plural, seconds } from '@/app/format'
import { useLab } from '@/app/lab/lab-provider'
import { NumberField } from '@/app/parts/controls'
import { FaultNotice } from '@/app/parts/fault-notice'
import { OutcomeMark } from '@/app/parts/outcome'
import { Scroller } from '@/app/parts/scroller'
import { type BrowserLine, browserFigures } from './browser-figures'
import { PanelForm } from './panel-form'
import { requestPath, resourceOf, type SetupProps, setupOf, strategyOf } from './setup'
import { type SetupControl, SetupForm } from './setup-form'
import { type BrowserRun, useBrowserRun } from './use-browser-run'

/** What one page may ask: a browser gives one host six connections over HTTP/1.1, and the lab's stream has one of them. */
const MOST = { requests: 500, atOnce: 5 }

const WHO = {
  browser: { outcome: 'hit', say: 'browser’s own cache' },
  'browser-revalidated': { outcome: 'revalidated', say: '304, then its own cache' },
  network: { outcome: 'miss', say: 'network' },
  failed: { outcome: 'error', say: 'nobody' },
} as const

/** A load of this page's own fetches. For lessons: it holds its own set-up. */
export function BrowserRunPanel({ strategies, ...props }: SetupProps & { strategies?: readonly string[] }) {
  const catalog = useCatalog()
  const [setup, setSetup] = useState(() => setupOf(catalog, props))
  return <BrowserRunBench setup={setup} onSetup={setSetup} strategies={strategies} />
}

/** The same with its set-up held by the page. Its figures are of this browser, and are laid beside no other run's. */
export function BrowserRunBench(control: SetupControl) {
  const { setup } = control
  const catalog = useCatalog()
  const { lab } = useLab()
  const { run, start, stop } = useBrowserRun()
  const [requests, setRequests] = useState('100')
  const [atOnce, setAtOnce] = useState('1')
  const running = run?.status === 'running'
  const strategy = strategyOf(catalog, setup.strategy)
  const path = requestPath(setup, resourceOf(catalog, setup.resource), lab ?? '…', strategy.expires)
  const within = (text: string, most: number) =>
    Number.isInteger(Number(text)) && Number(text) >= 1 && Number(text) <= most
  const wrong = !within(requests, MOST.requests) ? 'requests' : !within(atOnce, MOST.atOnce) ? 'atOnce' : undefined

  return (
    <section className="bands" aria-label="Run from this browser">
      <PanelForm
        onSend={() => {
          if (lab === undefined || running || wrong) return
          const what = { path, resource: setup.resource, strategy: setup.strategy }
          void start(what, { requests: Number(requests), atOnce: Number(atOnce) })
        }}
      >
        <SetupForm {...control} wrong={run?.fault?.parameter} disabled={running} />
        <NumberField
          name={`Fetches, up to ${MOST.requests}`}
          min={1}
          max={MOST.requests}
          width={5}
          value={requests}
          onChange={setRequests}
          wrong={wrong === 'requests'}
        />
        <NumberField
          name={`At once, up to ${MOST.atOnce}`}
          title="A browser opens six connections to one host, and the live log has one of them"
          min={1}
          max={MOST.atOnce}
          width={3}
          value={atOnce}
          onChange={setAtOnce}
          wrong={wrong === 'atOnce'}
        />
        <div className="ml-auto">
          {running ? (
            <button type="button" className="button min-w-28" onClick={stop}>
              Stop
            </button>
          ) : (
            <button type="submit" className="button min-w-28" disabled={lab === undefined}>
              {lab === undefined ? 'Connecting…' : run ? 'Fetch again' : 'Fetch'}
            </button>
          )}
        </div>
      </PanelForm>
      {run?.fault && (
        <div className="band">
          <FaultNotice fault={run.fault} />
        </div>
      )}
      {run ? (
        <Figures run={run} />
      ) : (
        <p className="band max-w-[75ch] text-ink-2">
          Nothing fetched yet. This page itself is the client here, with the cache of this browser. Each run begins as
          if the browser had kept nothing.
        </p>
      )}
    </section>
  )
}

function Figures({ run: { requests, fetched, durationMs, status } }: { run: BrowserRun }) {
  return (
    <div className="band" data-testid="browser-run" data-status={status}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p className="font-semibold" aria-live="polite">
          {status === 'running' ? 'Fetching' : status === 'done' ? 'Done' : 'Stopped'}
        </p>
        <p className="num text-[13.5px]">
          <span>{plural(fetched.length, 'fetch', 'fetches')}</span> in <span>{seconds(durationMs / 1000)}</span> ·{' '}
          <span>{perSecond(durationMs > 0 ? (fetched.length / durationMs) * 1000 : 0)}</span>
        </p>
      </div>
      <progress
        className="run-progress mt-3"
        value={fetched.length}
        max={requests}
        aria-label="Progress of the fetches"
      />
      <Scroller name="Who answered the fetches" className="mt-5 overflow-x-auto">
        <table className="figures">
          <caption className="mb-1 text-left font-semibold">
            Who answered <span className="ml-2 font-normal text-ink-2">by this browser’s Resource Timing</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">answered by</th>
              <th scope="col">fetches</th>
              <th scope="col">share</th>
              <th scope="col">p50</th>
              <th scope="col">p95</th>
              <th scope="col">slowest</th>
              <th scope="col" title="headers reckoned as 300 bytes for each answer">
                came
              </th>
            </tr>
          </thead>
          <tbody>
            {browserFigures(fetched).map((line) => (
              <Line key={line.by} line={line} />
            ))}
          </tbody>
        </table>
      </Scroller>
      <p className="mt-3 max-w-[75ch] text-sm text-ink-2">
        Measured by this browser, which draws the page meanwhile: these figures are not those of the load generator, and
        are laid beside none of its runs. Chromium lets fetches of one address that may be cached wait for each other.
      </p>
    </div>
  )
}

function Line({ line: { by, count: n, share, p50, p95, max, bytes: came } }: { line: BrowserLine }) {
  const time = (value: number | undefined) => (value === undefined ? '–' : ms(value))
  return (
    <tr>
      <th scope="row">
        {by === 'all' ? (
          'all that were answered'
        ) : (
          <>
            <OutcomeMark outcome={WHO[by].outcome} /> <span>{WHO[by].say}</span>
          </>
        )}
      </th>
      <td className="font-semibold">{count(n)}</td>
      <td>{percent(share)}</td>
      <td>{time(p50)}</td>
      <td>{time(p95)}</td>
      <td>{time(max)}</td>
      <td>{bytes(came)}</td>
    </tr>
  )
}
