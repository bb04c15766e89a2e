'use client'

import { useEffect, useRef } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { seconds } from '@/app/format'
import type { Fault } from '@/app/lab/problem'
import { NumberField, Segments } from '@/app/parts/controls'
import { isAt } from './field-fault'
import { HostFields, wayInWords } from './host-fields'
import { KeysFields } from './keys-fields'
import type { LoadSetup } from './load-setup'
import { resourceOf } from './setup'
import { totalSeconds } from './stages'
import { StagesField } from './stages-field'
import { ThresholdsField } from './thresholds-field'

/** What stands in the open; all else is folded away. */
const IN_THE_OPEN = ['requests', 'rate', 'durationMs', 'connections', 'strategy', 'ttl', 'params', 'resource']

/** How hard a run asks: requests and connections; the rest folded away. */
export function LoadForm({
  load,
  onLoad,
  resource,
  fault,
}: {
  load: LoadSetup
  onLoad: (change: (load: LoadSetup) => LoadSetup) => void
  resource: string
  /** What the server found fault with, if it was a field. */
  fault?: Fault
}) {
  const catalog = useCatalog()
  const { keys, writable } = resourceOf(catalog, resource)
  const set =
    <K extends keyof LoadSetup>(name: K) =>
    (value: LoadSetup[K]) =>
      onLoad((before) => ({ ...before, [name]: value }))
  const text = (name: 'requests' | 'connections' | 'rate' | 'seconds' | 'writes' | 'warmup' | 'seed') => ({
    value: load[name],
    onChange: set(name),
  })
  const wrong = (field: string) => isAt(fault, field)
  const staged = load.mode === 'open' && load.stages.length > 0
  const total = totalSeconds(load.stages)

  const fold = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    // A field that is at fault has to be seen.
    if (fault?.parameter && fold.current && !IN_THE_OPEN.some((field) => isAt(fault, field))) fold.current.open = true
  }, [fault])

  return (
    <>
      {load.mode === 'closed' ? (
        <NumberField name="Requests" min={1} wrong={wrong('requests')} {...text('requests')} />
      ) : (
        <>
          <NumberField
            name={staged ? 'Rate at first' : 'Rate'}
            unit="/s"
            min={1}
            width={5}
            wrong={wrong('rate')}
            {...text('rate')}
          />
          {staged ? (
            <p>
              <span className="field-name mb-1">For</span>
              <span className="num flex min-h-[38px] items-center">{total === undefined ? '…' : seconds(total)}</span>
            </p>
          ) : (
            <NumberField name="For" unit="s" min={1} width={4} wrong={wrong('durationMs')} {...text('seconds')} />
          )}
        </>
      )}
      <NumberField name="Connections" min={1} width={4} wrong={wrong('connections')} {...text('connections')} />
      {(load.via !== 'direct' || load.host !== 'next') && (
        <div className="order-last w-full">
          <p className="max-w-[75ch] text-sm text-ink-2">{wayInWords(load)}</p>
        </div>
      )}
      <details ref={fold} className="order-last w-full">
        <summary className="w-fit py-1 text-sm text-blue underline underline-offset-3">
          More: keys, {writable && <span>{'writes, '}</span>}
          <span>edge and workers, loop, start, seed, thresholds</span>
        </summary>
        <div className="mt-3 flex flex-wrap items-end gap-x-6 gap-y-4">
          {keys && <KeysFields load={load} onLoad={onLoad} max={keys.max} fault={fault} />}
          {writable && (
            <NumberField
              name="Writes"
              title="The part of the load that is PATCH; all figures but those named writes are of the reads"
              unit="%"
              min={0}
              max={100}
              step="any"
              width={3}
              wrong={wrong('writes')}
              {...text('writes')}
            />
          )}
          <HostFields load={load} onWhere={(where) => onLoad((before) => ({ ...before, ...where }))} wrong={wrong} />
          <Segments
            name="Loop"
            value={load.mode}
            onChange={(id) => set('mode')(id as LoadSetup['mode'])}
            choices={[
              { id: 'closed', label: 'closed', title: 'Each connection asks again as soon as it was answered' },
              {
                id: 'open',
                label: 'open',
                title: 'Requests come at a rate, whether or not earlier ones were answered',
              },
            ]}
          />
          <Segments
            name="Start"
            value={load.start}
            onChange={(id) => set('start')(id as LoadSetup['start'])}
            choices={[
              { id: 'cold', label: 'cold', title: 'The lab is emptied first' },
              { id: 'warm', label: 'warm', title: 'What the lab keeps stays' },
            ]}
          />
          <NumberField
            name="Warm-up"
            title="Load before the figures begin, left out of them"
            unit="s"
            min={0}
            max={10}
            step="any"
            width={3}
            wrong={wrong('warmupMs')}
            {...text('warmup')}
          />
          <NumberField
            name="Seed"
            title="The same seed draws the same keys, arrivals and workers"
            min={0}
            width={5}
            wrong={wrong('keys.seed')}
            {...text('seed')}
          />
        </div>
        <p className="mt-3 max-w-[70ch] text-sm text-ink-2">
          {load.mode === 'closed'
            ? 'Closed loop, coordinated omission possible: each connection waits for its answer before it asks again, so while the server stands still hardly anybody is there to be counted.'
            : 'Open loop: requests arrive at random, at this rate on average, as from people who know nothing of each other. Latency counts from the moment a request was due.'}
        </p>
        {load.mode === 'open' && (
          <div className="mt-4">
            <StagesField rate={load.rate} stages={load.stages} onStages={set('stages')} fault={fault} />
          </div>
        )}
        <div className="mt-4">
          <ThresholdsField value={load.thresholds} onChange={set('thresholds')} fault={fault} />
        </div>
      </details>
    </>
  )
}
