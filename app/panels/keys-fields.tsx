'use client'

import { plural } from '@/app/format'
import type { Fault } from '@/app/lab/problem'
import { NumberField, Segments } from '@/app/parts/controls'
import { LinesField } from '@/app/parts/lines-field'
import { FieldFault, isAt } from './field-fault'
import { LIST_CHARACTERS, readKeyList } from './key-list'
import { KEY_KINDS, type KeyKind, type LoadSetup } from './load-setup'

const KEY_TITLES: Record<KeyKind, string> = {
  one: 'Every request asks for the same key',
  cycle: 'The keys one after the other, again and again',
  uniform: 'Each key as likely as any other',
  zipf: 'A few keys are asked for most of the time, as in real traffic',
  hotset: 'Most requests go to a few keys, and these move on: what was learned of them is worth nothing then',
  list: 'The keys as they were recorded, in their order, and from the start again',
}

/** How the key of each request is drawn. */
export function KeysFields({
  load,
  onLoad,
  max,
  fault,
}: {
  load: LoadSetup
  onLoad: (change: (load: LoadSetup) => LoadSetup) => void
  /** As many keys as the resource has. */
  max: number
  fault?: Fault
}) {
  const field = (name: 'keyCount' | 'skew' | 'hot' | 'share' | 'shift' | 'list') => ({
    value: load[name],
    onChange: (value: string) => onLoad((before) => ({ ...before, [name]: value })),
  })
  return (
    <>
      <Segments
        name="Keys"
        value={load.keys}
        onChange={(id) => onLoad((before) => ({ ...before, keys: id as KeyKind }))}
        choices={KEY_KINDS.map((id) => ({ id, label: id, title: KEY_TITLES[id] }))}
      />
      {load.keys !== 'one' && load.keys !== 'list' && (
        <NumberField
          name={`How many, up to ${max.toLocaleString('en-US')}`}
          min={1}
          max={max}
          wrong={isAt(fault, 'keys.count')}
          {...field('keyCount')}
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
          wrong={isAt(fault, 'keys.s')}
          {...field('skew')}
        />
      )}
      {load.keys === 'hotset' && (
        <>
          <NumberField
            name="Keys in the set"
            min={1}
            max={max}
            width={4}
            wrong={isAt(fault, 'keys.hot')}
            {...field('hot')}
          />
          <NumberField
            name="Its share"
            title="The part of the load that the set gets; the rest is for all keys alike"
            unit="%"
            min={0}
            max={100}
            step="any"
            width={4}
            wrong={isAt(fault, 'keys.share')}
            {...field('share')}
          />
          <NumberField
            name="Moves on after"
            title="By its own size: the next keys are asked for then"
            unit="requests"
            min={1}
            width={6}
            wrong={isAt(fault, 'keys.shift')}
            {...field('shift')}
          />
        </>
      )}
      {load.keys === 'list' && (
        <div className="w-full">
          <KeyListField max={max} fault={fault} {...field('list')} />
        </div>
      )}
    </>
  )
}

function KeyListField({
  value,
  onChange,
  max,
  fault,
}: {
  value: string
  onChange: (text: string) => void
  max: number
  fault?: Fault
}) {
  const { keys, wrong } = readKeyList(value)
  const most = `1 to ${max.toLocaleString('en-US')}`
  // Said in the reader's numbers: the server counts from 0.
  const beyond = keys.find((key) => key >= max)
  const odd = wrong ?? (beyond === undefined ? undefined : String(beyond + 1))
  return (
    <LinesField
      name="Recorded keys, between them commas or spaces"
      value={value}
      onChange={onChange}
      maxLength={LIST_CHARACTERS}
      wrong={odd !== undefined || isAt(fault, 'keys.list')}
    >
      {odd !== undefined ? (
        <p className="text-error">
          <code className="[overflow-wrap:anywhere]">{odd}</code> <span>{`is none of the keys ${most}.`}</span>
        </p>
      ) : keys.length === 0 ? (
        <p>{`Numbers from ${most}, in the order in which they were asked for.`}</p>
      ) : (
        <p className="num text-[13px]">{`${plural(keys.length, 'number')} of ${plural(new Set(keys).size, 'key')}`}</p>
      )}
      {odd === undefined && <FieldFault fault={fault} field="keys.list" />}
    </LinesField>
  )
}
