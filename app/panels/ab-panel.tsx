'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { usePredictFirst } from '@/app/experiment/experiment-context'
import { ordinal, plural } from '@/app/format'
import { useLab } from '@/app/lab/lab-provider'
import type { WatchedRun } from '@/app/lab/use-run'
import { NumberField } from '@/app/parts/controls'
import { FaultNotice } from '@/app/parts/fault-notice'
import { comparisonAddress } from '@/app/runs/address'
import type { RunRequest } from '@/lib/runs/config'
import { type Ab, PAIRS, type Side, turnOf } from './ab'
import { AbTable } from './ab-table'
import { type LoadSetup, runRequest } from './load-setup'
import { PanelForm } from './panel-form'
import { resourceOf, type Setup, strategyOf } from './setup'
import { type SetupControl, SetupForm } from './setup-form'
import type { AbControl } from './use-ab'

/** Two set-ups in turns, in random order: the panel's own, and a second one that is chosen here. */
export function AbPanel({
  control: { ab, known, run, busy, fault, begin, resume, again, stop },
  setup,
  load,
  strategies,
  blocked,
}: Pick<SetupControl, 'setup' | 'strategies'> & {
  control: AbControl
  /** The load of both. */
  load: LoadSetup
  /** Another run of the panel is under way. */
  blocked: boolean
}) {
  const catalog = useCatalog()
  const { lab } = useLab()
  const predictFirst = usePredictFirst()
  const resource = resourceOf(catalog, setup.resource)
  const [chosen, setChosen] = useState<Setup>()
  const [pairs, setPairs] = useState(String(PAIRS.default))
  // What was chosen for another resource has other parameters.
  const offered = catalog.strategies.filter(({ id }) => !strategies || strategies.includes(id))
  const other = offered.find(({ id }) => id !== setup.strategy && id !== 'none') ?? offered[0]
  const b = chosen?.resource === setup.resource ? chosen : { ...setup, strategy: other?.id ?? setup.strategy }
  const configOf = (of: Setup) => runRequest(of, load, resource, lab ?? '', strategyOf(catalog, of.strategy).expires)
  const same = JSON.stringify(configOf(setup)) === JSON.stringify(configOf(b))

  return (
    <section className="bands" aria-label="A/B" data-testid="ab" data-status={ab.status}>
      <PanelForm
        onSend={() => {
          if (lab !== undefined && !busy && !blocked)
            begin(Number(pairs), load.seed.trim() === '' ? Number.NaN : Number(load.seed), {
              A: configOf(setup),
              B: configOf(b),
            })
        }}
      >
        <div className="w-full">
          <p className="max-w-[75ch]">
            <b className="font-semibold">A</b> is the set-up above, <b className="font-semibold">B</b> is what you
            choose here. They run in turns with the load above, so a machine that grows warm or busy slows both alike.
            The seed draws which side of each pair runs first. Both runs of a pair request the same keys, and each pair
            has its own.
          </p>
        </div>
        <SetupForm
          setup={b}
          onSetup={(change) => setChosen(change(b))}
          strategies={strategies}
          wrong={fault?.parameter?.replace(/^params\./, '')}
        />
        <NumberField
          name="Pairs"
          title={`${PAIRS.min} to ${PAIRS.max}: an interval needs three, and more make it narrower`}
          min={PAIRS.min}
          max={PAIRS.max}
          width={3}
          value={pairs}
          onChange={setPairs}
        />
        <div className="ml-auto flex gap-3">
          {/* Keys: were it one element, the click that stops would become one that submits. */}
          {busy ? (
            <button key="stop" type="button" className="button min-w-28" onClick={stop}>
              Stop A/B
            </button>
          ) : (
            <button key="run" type="submit" className="button min-w-28" disabled={lab === undefined || blocked}>
              {predictFirst ? 'Predict first' : 'Run A/B'}
            </button>
          )}
        </div>
        {same && (
          <p className="w-full text-sm text-ink-2">
            A and B are the same, so only the noise of this machine will differ.
          </p>
        )}
      </PanelForm>
      {fault && (
        <div className="band">
          <FaultNotice fault={fault} />
        </div>
      )}
      {known && ab.status !== 'none' && (
        <div className="band">
          <Sides ab={ab} />
          <div className="mt-2 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
            <p aria-live="polite">{say(ab, run)}</p>
            {ab.status === 'stopped' && (
              <button type="button" className="button-quiet" disabled={blocked} onClick={resume}>
                Resume
              </button>
            )}
          </div>
          <progress
            className="run-progress mt-3"
            value={ab.ended.length + (busy ? (run.latest?.progress ?? 0) : 0)}
            max={ab.pairs * 2}
            aria-label="Progress of the A/B"
          />
        </div>
      )}
      {known && ab.ended.length > 0 && (
        <div className="band">
          <AbTable ab={ab} onAgain={ab.status === 'over' && !blocked ? again : undefined} />
          <Link
            className="mt-3 inline-block"
            href={comparisonAddress(ab.ended.map(({ run }) => run))}
          >{`All ${plural(ab.ended.length, 'run')}, laid over each other`}</Link>
        </div>
      )}
    </section>
  )
}

/** What A and B are: of both alike, as they were when the A/B began. */
function Sides({ ab: { configs } }: { ab: Ab }) {
  if (!configs) return null
  return (
    <p className="flex flex-wrap gap-x-6">
      {(['A', 'B'] as const).map((side) => (
        <span key={side}>
          <b className="font-semibold">{side}</b> <span className="num text-[14px]">{inWords(configs, side)}</span>
        </span>
      ))}
    </p>
  )
}

/** A side by its strategy, its TTL, and what else sets it apart. */
function inWords(configs: Readonly<Record<Side, RunRequest>>, side: Side): string {
  const [own, others] = [configs[side], configs[side === 'A' ? 'B' : 'A']]
  const params = Object.entries(own.params ?? {}).filter(([name, value]) => others.params?.[name] !== value)
  return [
    own.strategy,
    ...(own.ttl === undefined ? [] : [`TTL ${own.ttl}\u202fs`]),
    ...params.map(([name, value]) => `${name} ${value}`),
  ].join(' · ')
}

/** How the A/B stands, in a sentence. */
function say(ab: Ab, { state }: WatchedRun): string {
  const turn = turnOf(ab)
  const runs = `${ab.ended.length} of ${plural(ab.pairs * 2, 'run')} made.`
  if (ab.status === 'over' || !turn) return `Done, ${plural(ab.pairs, 'pair')}.`
  if (ab.status === 'stopped') return `${ab.why ?? 'Stopped.'} ${runs}`
  const place = state?.status === 'queued' && state.place !== undefined ? `, ${ordinal(state.place)} in the queue` : ''
  return `Pair ${turn.pair} of ${ab.pairs}, ${turn.side} ${state?.status === 'running' ? 'running' : `waiting${place}`}`
}
