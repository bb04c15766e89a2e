'use client'

import { useCatalog } from '@/app/catalog-provider'
import { NumberField, Segments } from '@/app/parts/controls'
import { KEY_KINDS, type KeyKind, type LoadSetup } from './load-setup'
import { resourceOf } from './setup'

const KEY_TITLES: Record<KeyKind, string> = {
  one: 'Every request asks for the same key',
  cycle: 'The keys one after the other, again and again',
  uniform: 'Each key as likely as any other',
  zipf: 'A few keys are asked for most of the time, as in real traffic',
}

/** How hard a run asks: requests and connections; the rest folded away. */
export function LoadForm({
  load,
  onLoad,
  resource,
  wrong,
}: {
  load: LoadSetup
  onLoad: (change: (load: LoadSetup) => LoadSetup) => void
  resource: string
  /** The field that the server found fault with. */
  wrong?: string
}) {
  const catalog = useCatalog()
  const keys = resourceOf(catalog, resource).keys
  const set =
    <K extends keyof LoadSetup>(name: K) =>
    (value: LoadSetup[K]) =>
      onLoad((before) => ({ ...before, [name]: value }))
  const text = (name: 'requests' | 'connections' | 'rate' | 'seconds' | 'keyCount' | 'skew' | 'warmup' | 'seed') => ({
    value: load[name],
    onChange: set(name),
  })

  return (
    <>
      {load.mode === 'closed' ? (
        <NumberField name="Requests" min={1} wrong={wrong === 'requests'} {...text('requests')} />
      ) : (
        <>
          <NumberField name="Rate" unit="/s" min={1} width={5} wrong={wrong === 'rate'} {...text('rate')} />
          <NumberField name="For" unit="s" min={1} width={4} wrong={wrong === 'durationMs'} {...text('seconds')} />
        </>
      )}
      <NumberField name="Connections" min={1} width={4} wrong={wrong === 'connections'} {...text('connections')} />
      <details className="order-last w-full">
        <summary className="w-fit py-1 text-sm text-blue underline underline-offset-3">
          More: keys, loop, start, seed
        </summary>
        <div className="mt-3 flex flex-wrap items-end gap-x-6 gap-y-4">
          {keys && (
            <>
              <Segments
                name="Keys"
                value={load.keys}
                onChange={(id) => set('keys')(id as KeyKind)}
                choices={KEY_KINDS.map((id) => ({ id, label: id, title: KEY_TITLES[id] }))}
              />
              {load.keys !== 'one' && (
                <NumberField
                  name={`How many, up to ${keys.max.toLocaleString('en-US')}`}
                  min={1}
                  max={keys.max}
                  wrong={wrong === 'keys.count'}
                  {...text('keyCount')}
                />
              )}
              {load.keys === 'zipf' && (
                <NumberField
                  name="Skew s"
                  title="Exponent of the Zipf distribution: 0 is uniform, web traffic is near 1"
                  min={0}
                  max={3}
                  step="any"
                  width={3}
                  wrong={wrong === 'keys.s'}
                  {...text('skew')}
                />
              )}
            </>
          )}
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
            wrong={wrong === 'warmupMs'}
            {...text('warmup')}
          />
          <NumberField
            name="Seed"
            title="The same seed draws the same keys and arrivals"
            min={0}
            width={5}
            wrong={wrong === 'keys.seed'}
            {...text('seed')}
          />
        </div>
        <p className="mt-3 max-w-[70ch] text-sm text-ink-2">
          {load.mode === 'closed'
            ? 'Closed loop: each connection waits for its answer before it asks again, so a slow server is asked less.'
            : 'Open loop: requests arrive at random, at this rate on average, as from people who know nothing of each other. Latency counts from the moment a request was due.'}
        </p>
      </details>
    </>
  )
}
