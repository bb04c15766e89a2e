'use client'

import { memo, useId, useMemo, useRef, useState } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { count, exactTimeOfDay, ms, plural } from '@/app/format'
import { useCalmLabState, useLab, useLabState } from '@/app/lab/lab-provider'
import { CLIENT_ROWS, type ClientLog } from '@/app/lab/log'
import type { LabState } from '@/app/lab/state'
import { SelectField } from '@/app/parts/controls'
import { CopyButton } from '@/app/parts/copy-button'
import { isOutcome, OutcomeWord } from '@/app/parts/outcome'
import { Scroller } from '@/app/parts/scroller'
import { useNear } from '@/app/parts/use-near'
import type { LabEvent } from '@/lib/lab/events'
import { EVENT_KINDS } from '@/lib/lab/kinds'
import { filterGroups, groupRows, groupsText, type LogGroup } from './log-groups'

/** Requests that the view shows, the newest: three times what fits into it. */
const SHOWN = 40
/** The view follows the log this often: more could not be read, and would cost the page its frames. */
const EVERY_MS = 300
/** Where nobody sees it. */
const UNSEEN_MS = 2_000

const logOf = ({ log }: LabState) => log

/** The lab's log as it happens, a line a request: what happened on its way, and how it ended. */
export function EventLog() {
  const catalog = useCatalog()
  const { lab } = useLab()
  const section = useRef<HTMLElement>(null)
  const live = useCalmLabState(logOf, useNear(section) ? EVERY_MS : UNSEEN_MS)
  const connection = useLabState((state) => state.connection)
  const lost = useLabState((state) => state.counters?.lost ?? 0)
  const [held, setHeld] = useState<ClientLog>()
  const [clearedTo, setClearedTo] = useState(0)
  const [kind, setKind] = useState('')
  const [strategy, setStrategy] = useState('')
  const [key, setKey] = useState('')
  const titleId = useId()

  const log = held ?? live
  const after = clearedTo > log.last ? 0 : clearedTo
  const groups = useMemo(() => groupRows(log.rows.filter(({ seq }) => seq > after)), [log, after])
  const fitting = useMemo(() => filterGroups(groups, { kind, strategy, key }), [groups, kind, strategy, key])
  const shown = fitting.slice(-SHOWN).reverse()

  return (
    <section ref={section} className="band min-w-0" aria-labelledby={titleId} data-testid="event-log">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <h4 id={titleId} className="text-lg font-semibold">
          What the server did{' '}
          <span className="num text-[13px] font-normal text-ink-2">
            {held ? `paused, ${plural(Math.max(live.last - held.last, 0), 'newer row')}` : connection}
          </span>
        </h4>
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            className="button-quiet"
            aria-pressed={held !== undefined}
            onClick={() => setHeld(held ? undefined : live)}
          >
            {held ? 'Go on' : 'Pause'}
          </button>
          <button type="button" className="button-quiet" onClick={() => setClearedTo(log.last)}>
            Clear view
          </button>
          <CopyButton text={() => groupsText(fitting)} />
        </div>
      </div>
      <div className="mt-3 flex flex-wrap items-end gap-x-4 gap-y-3">
        <SelectField name="Kind" value={kind} onChange={setKind} options={[{ id: '', label: 'all' }, ...EVENT_KINDS]} />
        <SelectField
          name="Strategy"
          value={strategy}
          onChange={setStrategy}
          options={[{ id: '', label: 'all' }, ...catalog.strategies.map(({ id }) => id)]}
        />
        <label className="block">
          <span className="field-name mb-1">Key contains</span>
          <input
            className="input w-40"
            value={key}
            onChange={(event) => setKey(event.target.value)}
            placeholder="tasks/"
            spellCheck={false}
          />
        </label>
      </div>
      {shown.length === 0 ? (
        <p className="mt-4 border border-dashed border-line px-4 py-3 text-ink-2">
          {lab === undefined || connection !== 'live'
            ? 'The live stream is not there yet. Rows appear as soon as it is.'
            : groups.length > 0
              ? 'No row fits the filter.'
              : 'Nothing has happened in this lab yet. Send a request: its row appears here.'}
        </p>
      ) : (
        <Scroller name="Log rows, the newest first" className="mt-3 max-h-[430px] overflow-auto border-y border-line">
          <ol>
            {shown.map((group) => (
              <GroupRow key={group.first} group={group} />
            ))}
          </ol>
        </Scroller>
      )}
      <p className="num mt-2 text-xs text-ink-2">
        <span>{plural(log.rows.filter(({ seq }) => seq > after).length, 'row')}</span>
        {log.omitted > 0 && (
          <span>{` · ${plural(log.omitted, 'row')} left out: more happened than the stream sends`}</span>
        )}
        {log.dropped > 0 && <span>{` · ${count(log.dropped)} older made way (a page keeps ${CLIENT_ROWS})`}</span>}
        <span>
          {lost > 0
            ? '. A worker or the edge ended before it had sent its last counts, so the lab’s totals may be too low.'
            : '. Totals include hidden rows.'}
        </span>
      </p>
    </section>
  )
}

const GroupRow = memo(
  function GroupRow({ group }: { group: LogGroup }) {
    const { request, at, key, strategy, worker, run, outcome, steps, missing } = group
    return (
      <>
        <li className="num grid grid-cols-[auto_1fr_auto] items-baseline gap-x-4 gap-y-1 border-b border-line py-1.5 text-[13px] lg:grid-cols-[3rem_6.4rem_6.8rem_minmax(0,1fr)_3.4rem_4.4rem] lg:gap-x-3">
          <span className="text-ink-2" title={`request ${request}`}>
            {`#${request}`}
          </span>
          <time className="text-ink-2 max-lg:hidden" dateTime={new Date(at).toISOString()}>
            {exactTimeOfDay(at)}
          </time>
          <span>
            {outcome && isOutcome(outcome.kind) ? (
              <OutcomeWord outcome={outcome.kind} />
            ) : (
              <b>{steps.some((step) => step.kind === 'write') ? 'write' : '…'}</b>
            )}
          </span>
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-1 max-lg:order-last max-lg:col-span-3">
            <span className="[overflow-wrap:anywhere]">{key}</span>
            <span className="text-ink-2">{run ? `${strategy}, run` : strategy}</span>
            {steps.map((step) => (
              <StepChip key={step.seq} step={step} />
            ))}
          </span>
          <span className="text-right text-ink-2 max-lg:hidden" title="the process that answered">
            {worker}
          </span>
          <span className="text-right">{outcome?.durMs === undefined ? '' : ms(outcome.durMs)}</span>
        </li>
        {missing > 0 && (
          <li className="border-b border-line py-1 text-center text-xs text-ink-2">
            {`${plural(missing, 'row')} left out here`}
          </li>
        )}
      </>
    )
  },
  (before, after) =>
    before.group.first === after.group.first &&
    before.group.steps.length === after.group.steps.length &&
    before.group.outcome === after.group.outcome,
)

/** One thing on the way. A call to the origin stands out: it is what a cache is there to save. */
function StepChip({ step }: { step: LabEvent }) {
  const { kind, tier, durMs, queries, addedMs, detail } = step
  const origin = kind === 'origin'
  const words = [
    origin ? `origin call${durMs === undefined ? '' : ` ${ms(durMs)}`}` : kind === 'error' ? `${tier ?? kind}` : kind,
    queries !== undefined && plural(queries, 'query', 'queries'),
    addedMs !== undefined && addedMs > 0 && `${ms(addedMs)} added`,
    detail,
  ].filter(Boolean)
  return (
    <span className="flex items-baseline gap-2">
      <span className="text-ink-2" aria-hidden>
        →
      </span>
      <span
        className={origin ? 'bg-ink px-1.5 text-panel' : kind === 'error' ? 'text-error' : 'border border-line px-1.5'}
      >
        {words.join(', ')}
      </span>
    </span>
  )
}
