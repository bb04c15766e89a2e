'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { ms, plural } from '@/app/format'
import { useLab } from '@/app/lab/lab-provider'
import { FaultNotice } from '@/app/parts/fault-notice'
import { OUTCOME_COLOR, OutcomeMark } from '@/app/parts/outcome'
import { SellByLabel } from '@/app/parts/sell-by-label'
import { type Sent, send } from './send'
import { requestPath, resourceOf, setupOf, strategyOf } from './setup'
import { useKeptEntry } from './use-kept-entry'
import { Way } from './way'

const SHOWN = 8

/** The whole idea in one button: the first answer is slow, the second is not, until the label's date. */
export function TryIt() {
  const catalog = useCatalog()
  const { lab, fault } = useLab()
  const setup = setupOf(catalog, { resource: 'slow-value', strategy: 'memory', ttl: 10 })
  const resource = resourceOf(catalog, setup.resource)
  const [sends, setSends] = useState<readonly Sent[]>([])
  const request = useMutation({
    mutationFn: send,
    onSuccess: (sent) => setSends((earlier) => [...earlier, sent].slice(-SHOWN)),
  })
  const sent = sends.at(-1)
  const { entry, skewMs } = useKeptEntry(sent)
  const longest = Math.max(...sends.map(({ roundTripMs }) => roundTripMs), 1)
  const problem = sent?.fault ?? (lab === undefined ? fault : undefined)

  return (
    <section className="sheet" aria-labelledby="try-it">
      <div className="band flex flex-wrap items-center justify-between gap-4">
        <div>
          <p className="eyebrow">GET /api/slow-value?cache=memory&amp;ttl=10</p>
          <h2 id="try-it" className="mt-1 text-2xl">
            {advice(sends)}
          </h2>
        </div>
        <button
          type="button"
          className="button"
          aria-disabled={lab === undefined || request.isPending}
          onClick={() => {
            if (lab === undefined || request.isPending) return
            request.mutate({
              path: requestPath(setup, resource, lab),
              resource: setup.resource,
              strategy: setup.strategy,
            })
          }}
        >
          {request.isPending
            ? 'Waiting…'
            : lab === undefined
              ? 'Connecting…'
              : sends.length === 0
                ? 'Send a request'
                : 'Send again'}
        </button>
      </div>
      <Way tiers={strategyOf(catalog, setup.strategy).tiers} sent={sent} brief />
      <div className="band grid min-h-[250px] gap-x-10 gap-y-6 md:grid-cols-[1fr_280px]">
        {sends.length === 0 ? (
          <p className="self-center text-ink-2">
            A real request to the server behind this page. Its answer takes a while:{' '}
            <span>{resource.simulated?.toLowerCase()}</span>
          </p>
        ) : (
          <ol className="grid content-start gap-1" aria-label="Answers, the newest last">
            {sends.map(({ id, outcome, roundTripMs }) => (
              <li key={id} className="num grid grid-cols-[5.5rem_4.5rem_1fr] items-center gap-3 text-[14px]">
                <span className="flex items-center gap-2 font-semibold" style={{ color: OUTCOME_COLOR[outcome] }}>
                  <OutcomeMark outcome={outcome} size={14} /> <span>{outcome}</span>
                </span>
                <span className="text-right">{ms(roundTripMs)}</span>
                <span className="h-4" aria-hidden>
                  <span
                    className="block h-full min-w-[3px]"
                    style={{ width: `${(roundTripMs / longest) * 100}%`, background: OUTCOME_COLOR[outcome] }}
                  />
                </span>
              </li>
            ))}
          </ol>
        )}
        <div className="self-center">{entry && <SellByLabel entry={entry} skewMs={skewMs} large />}</div>
        {problem && (
          <div className="md:col-span-2">
            <FaultNotice fault={problem} />
          </div>
        )}
      </div>
      <p className="sr-only" aria-live="polite">
        {sent && `${sent.outcome}, ${ms(sent.roundTripMs)}`}
      </p>
    </section>
  )
}

function advice(sends: readonly Sent[]): string {
  const hit = sends.findLast(({ outcome }) => outcome === 'hit')
  const miss = sends.findLast(({ outcome }) => outcome === 'miss')
  if (sends.length === 0) return 'Ask the same thing twice'
  if (sends.at(-1)?.outcome === 'error') return 'That did not work'
  if (!hit) return 'A miss: the origin had to work. Ask again.'
  if (sends.at(-1)?.outcome === 'miss') return 'Past its date: the origin worked again'
  if (!miss) return 'A hit: the answer was kept'
  return `A hit: ${plural(Math.max(Math.round(miss.roundTripMs / hit.roundTripMs), 1), 'time', 'times')} as fast, until the label’s date`
}
