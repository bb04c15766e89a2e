'use client'

import { ms, stretch } from '@/app/format'
import { useNow } from '@/app/lab/use-now'
import { FaultNotice } from '@/app/parts/fault-notice'
import { OUTCOME_COLOR, OutcomeMark } from '@/app/parts/outcome'
import { SellByLabel } from '@/app/parts/sell-by-label'
import { NEVER, type Outcome } from '@/lib/reading'
import { HeadersTable } from './headers-table'
import type { Sent } from './send'
import { useKeptEntry } from './use-kept-entry'
import { Waterfall } from './waterfall'

const MEANING: Record<Outcome, string> = {
  hit: 'A cache answered, and its entry was still fresh.',
  stale: 'A cache answered, past its sell-by date.',
  revalidated: 'There was a copy to ask about: the origin said that it still holds (304), and sent no body.',
  coalesced: 'Another request was already asking; this one waited for its answer.',
  miss: 'No cache had a fresh entry, so the origin was asked.',
  bypass: 'No cache was consulted: the origin was asked, as it is every time.',
  error: 'There was no usable answer.',
}

/** The last answer: outcome, value, age, label, where the time went, headers. */
export function SentAnswer({ sent }: { sent: Sent }) {
  const { outcome, fault, body, by, stretches, roundTripMs, headers } = sent
  return (
    <>
      <div className="band grid gap-6 lg:grid-cols-[1fr_auto]">
        <div className="min-w-0">
          <p
            className="flex items-center gap-3 text-4xl font-bold tracking-tight"
            style={{ color: OUTCOME_COLOR[outcome] }}
            data-testid="outcome"
          >
            <OutcomeMark outcome={outcome} size={30} />
            <span>{outcome}</span>
            <span className="num text-xl font-medium tracking-normal text-ink">{ms(roundTripMs)}</span>
          </p>
          <p className="mt-2 max-w-[60ch]">
            {by === 'browser'
              ? 'This browser’s own cache answered. No request left the machine, and the server’s log has no row for it.'
              : MEANING[outcome]}
          </p>
          {fault ? (
            <div className="mt-4">
              <FaultNotice fault={fault} />
            </div>
          ) : (
            <dl className="mt-4 flex flex-wrap gap-x-8 gap-y-3">
              <div className="min-w-0">
                <dt className="field-name">Value</dt>
                <dd className="num max-h-40 overflow-auto text-[14px] [overflow-wrap:anywhere]" data-testid="value">
                  {shortened(body)}
                </dd>
              </div>
              <div>
                <dt className="field-name">Age when it came</dt>
                <dd className="num text-[14px]">{ageOf(sent)}</dd>
              </div>
            </dl>
          )}
        </div>
        {!fault && <Kept sent={sent} />}
      </div>
      {headers.length > 0 && (
        <div className="band grid gap-x-12 gap-y-8 xl:grid-cols-2">
          <Waterfall stretches={stretches} roundTripMs={roundTripMs} />
          <HeadersTable sent={sent} />
        </div>
      )}
    </>
  )
}

/** The label of the entry behind the answer, or why there is none. */
function Kept({ sent }: { sent: Sent }) {
  const { entry, skewMs } = useKeptEntry(sent)
  const now = useNow()
  if (entry) {
    const past = now > 0 && entry.expiresAt <= now + skewMs
    return (
      <div className="w-full self-center lg:w-[330px]">
        <SellByLabel entry={entry} skewMs={skewMs} large />
        <p className="mt-3 text-sm text-ink-2">
          {entry.expiresAt === NEVER
            ? 'Every request is a hit, for as long as it is kept.'
            : past
              ? 'The next request will ask the origin again.'
              : 'Until then the next request is a hit.'}
        </p>
      </div>
    )
  }
  return (
    <p className="max-w-[330px] self-center border border-dashed border-line px-4 py-3 text-sm text-ink-2">
      {whyNoLabel(sent)}
    </p>
  )
}

function whyNoLabel({ outcome, headers }: Sent): string {
  if (outcome === 'bypass') return 'Nothing was kept: there is no label.'
  const mayKeep = headers.some(([name, value]) => name === 'cache-control' && /no-cache/.test(value))
  return mayKeep
    ? 'The browser may keep this answer, but has to ask before each use: there is no date that it could go by.'
    : 'No tier keeps this answer now.'
}

/** Long answers are cut: a page of tasks is not read here. */
const SHOWN = 600
const shortened = (text: string) =>
  text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length.toLocaleString('en-US')} characters)` : text

function ageOf({ by, headers, at, outcome }: Sent): string {
  const header = (name: string) => headers.find(([key]) => key === name)?.[1]
  if (by === 'browser') {
    const date = Date.parse(header('date') ?? '')
    return Number.isNaN(date) ? 'not said' : stretch(Math.max(at - date, 0))
  }
  const age = header('age')
  if (age !== undefined) return `${age} s, in whole seconds`
  return outcome === 'revalidated' ? 'confirmed just now' : 'new'
}
