'use client'

import { useState } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { usePredictFirst } from '@/app/experiment/experiment-context'
import { plural, stretch } from '@/app/format'
import { useLab, useLabState } from '@/app/lab/lab-provider'
import { NumberField, Segments } from '@/app/parts/controls'
import { FaultNotice } from '@/app/parts/fault-notice'
import { SellByLabel } from '@/app/parts/sell-by-label'
import { PanelForm } from './panel-form'
import { doneToEntry, endOf, keptIn, momentsOf, type Race as Raced, type RaceEnd, spanOf } from './race-story'
import { RaceTable, RaceTimeline } from './race-timeline'
import { requestPath, resourceOf, type SetupProps, setupOf, strategyOf } from './setup'
import { HELD_UP_MS, useRace } from './use-race'

/** Tasks that a race is run for: each takes one that nobody has asked for yet, since an entry would spare the reader. */
const TASKS = 100_000

/**
 * The race between a reader and a writer, run for real in this lab: a reader is held up after it has read its row, a
 * write comes in between, and another reader asks after both.
 */
export function Race({
  strategies = ['redis', 'redis-write-through', 'redis-versioned', 'memory'],
  ...props
}: Pick<SetupProps, 'strategy' | 'ttl'> & { strategies?: readonly string[] }) {
  const catalog = useCatalog()
  const { lab } = useLab()
  const predictFirst = usePredictFirst()
  const rows = useLabState(({ log }) => log.rows)
  const [setup, setSetup] = useState(() =>
    setupOf(catalog, { strategy: strategies[0], ttl: 60, ...props, resource: 'tasks/{id}' }),
  )
  const { race, busy, start } = useRace()
  const end = race && endOf(race)
  const entry = race && doneToEntry(race, rows, strategyOf(catalog, race.strategy).writes === 'version check')
  const wrong = end?.kind === 'failed' ? end.fault.parameter : undefined

  const go = () => {
    if (lab === undefined || busy) return
    const id = 1 + Math.floor(Math.random() * TASKS)
    const path = (slow: number) =>
      requestPath(
        { ...setup, params: { id: String(id), slow: String(slow) } },
        resourceOf(catalog, setup.resource),
        lab,
      )
    void start({
      strategy: setup.strategy,
      key: `tasks/${id}`,
      ttl: Number(setup.ttl),
      slowPath: path(HELD_UP_MS),
      path: path(0),
    })
  }

  return (
    <section className="bands" aria-label="Race a reader against a writer" data-testid="race">
      <PanelForm onSend={go}>
        <Segments
          name="Strategy"
          choices={strategies.map((id) => {
            const { title, summary } = strategyOf(catalog, id)
            return { id, label: id, title: `${title}. ${summary}` }
          })}
          value={setup.strategy}
          onChange={(strategy) => setSetup((before) => ({ ...before, strategy }))}
        />
        <NumberField
          name="TTL"
          title="How long an entry stays fresh"
          unit="s"
          value={setup.ttl}
          min={0.1}
          max={86_400}
          step="any"
          wrong={wrong === 'ttl'}
          width={5}
          onChange={(ttl) => setSetup((before) => ({ ...before, ttl }))}
        />
        <button type="submit" className="button ml-auto min-w-32" disabled={lab === undefined} aria-disabled={busy}>
          {busy ? 'Racing…' : lab === undefined ? 'Connecting…' : predictFirst ? 'Predict first' : 'Race'}
        </button>
        <p className="w-full text-sm text-ink-2">
          <b className="font-semibold text-ink">A wait that is added on purpose.</b> The first reader is held up for{' '}
          <span>{HELD_UP_MS}</span> ms between reading the row and storing it (<code>slow={HELD_UP_MS}</code>). Without
          it the one follows the other at once, and the race is lost seldom. All else is as always: three real requests
          for a task that is not kept yet.
        </p>
      </PanelForm>
      {race ? (
        <>
          <p className="band text-lg" role="status" data-testid="race-end" data-end={end?.kind}>
            {end ? <Said end={end} /> : 'The first reader is on its way.'}
          </p>
          {end?.kind === 'failed' && (
            <div className="band">
              <FaultNotice fault={end.fault} />
            </div>
          )}
          <div className="band grid gap-y-6">
            <RaceTimeline race={race} moments={momentsOf(race, entry)} kept={keptIn(race, entry)} />
            <RaceTable race={race} moments={momentsOf(race, entry)} />
          </div>
          {end && <KeptNow race={race} entry={entry} />}
        </>
      ) : (
        <p className="band text-ink-2">
          No race yet. It takes about a second, and shows who did what, and what was kept meanwhile.
        </p>
      )}
    </section>
  )
}

/** What came of it, in a sentence or two. */
function Said({ end }: { end: RaceEnd }) {
  switch (end.kind) {
    case 'failed':
      return 'The race was not run to its end.'
    case 'no race':
      return `It was no race: ${end.why}. Race once more.`
    case 'new':
      return end.refused
        ? 'The old row was refused, and the later reader got the new one.'
        : 'The later reader got the new row.'
    case 'old':
      return (
        <span>
          <b>The later reader got an old row</b>, <span>{plural(end.behind, 'version')}</span> behind, after the write
          had been answered. So does everybody who asks in the next <span>{stretch(end.forSeconds * 1000)}</span>,
          unless somebody writes again.
        </span>
      )
  }
}

/** What is kept once the race is over. */
function KeptNow({ race, entry }: { race: Raced; entry: string | undefined }) {
  const kept = keptIn(race, entry).at(-1)
  const { reader } = race
  if (!kept || !reader) return null
  // The page's clock as a date: both begin with the first reader.
  const expiresAt = reader.at - spanOf(race, reader).fromMs + kept.fromMs + race.ttl * 1000
  return (
    <div className="band [&_.label]:w-fit">
      <h4 className="field-name mb-2">What is kept now</h4>
      <SellByLabel key={race.key} entry={{ key: race.key, where: race.strategy, expiresAt, version: kept.version }} />
    </div>
  )
}
