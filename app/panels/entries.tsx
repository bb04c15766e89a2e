'use client'

import { useId } from 'react'
import { plural } from '@/app/format'
import { faultIn } from '@/app/lab/problem'
import { useEmptyLab, useEntries } from '@/app/lab/use-entries'
import { FaultNotice } from '@/app/parts/fault-notice'
import { SellByLabel } from '@/app/parts/sell-by-label'
import { useThrottled } from '@/app/parts/use-throttled'
import type { LabEntries } from '@/lib/lab/entries'

/** Labels that are drawn of one tier; the rest is counted. */
const SHOWN = 12

const TIERS = [
  { id: 'memory', name: 'Memory', about: 'in the process that answered' },
  { id: 'redis', name: 'Redis', about: 'shared by all processes' },
  { id: 'edge', name: 'Edge', about: 'the shared HTTP cache before them' },
] as const

/** In which tier an entry is; in which process of it, once there are several. */
const whereOf = (tier: string, worker: string | undefined, several: boolean) =>
  tier === 'edge' ? (worker ?? tier) : several ? `${tier} of ${worker}` : tier

/** The edge is told of once it keeps something: most lessons have none. */
const tiersOf = ({ total, unavailable }: LabEntries) =>
  TIERS.filter(({ id }) => id !== 'edge' || total.edge > 0 || unavailable.includes('edge'))

/** What the lab keeps at this moment, by tier, each entry under its sell-by label. */
export function Entries() {
  const titleId = useId()
  const { data: latest, error, isPending } = useEntries()
  const data = useThrottled(latest, 250)
  const empty = useEmptyLab()
  const none = data && data.entries.length === 0
  const fault = error ?? empty.error

  return (
    <section className="band min-w-0" aria-labelledby={titleId} data-testid="entries">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h4 id={titleId} className="text-lg font-semibold">
          What is kept now
        </h4>
        <button
          type="button"
          className="button-quiet"
          disabled={!data || (none && data.unavailable.length === 0) || empty.isPending}
          onClick={() => empty.mutate()}
        >
          {empty.isPending ? 'Emptying…' : 'Empty all tiers'}
        </button>
      </div>
      {fault && (
        <div className="mt-3">
          <FaultNotice fault={faultIn(fault)} />
        </div>
      )}
      {isPending && !fault && <p className="mt-3 text-ink-2">Asking what is kept…</p>}
      <div className={`grid gap-x-10 ${(data?.entries.length ?? 0) > 4 ? '' : 'lg:grid-cols-2'}`}>
        {data &&
          tiersOf(data).map(({ id, name, about }) => {
            const entries = data.entries.filter(({ tier }) => tier === id)
            const away = data.unavailable.includes(id)
            // Which process it is in matters once there are several.
            const several = new Set(entries.map(({ worker }) => worker)).size > 1
            return (
              <div key={id} className="mt-4">
                <h5 className="text-sm">
                  <b className="font-semibold">{name}</b> <span className="text-ink-2">{`${about} · `}</span>
                  <span className="num text-ink-2">{away ? 'away' : plural(data.total[id], 'entry', 'entries')}</span>
                </h5>
                {away ? (
                  <p className="mt-1 text-sm text-error">
                    <span>{name}</span> does not answer, so what it keeps can’t be listed. Requests go on to the origin
                    meanwhile.
                  </p>
                ) : entries.length === 0 ? (
                  <p className="mt-1 text-sm text-ink-2">Nothing kept.</p>
                ) : (
                  <ul className="mt-2 flex flex-wrap gap-3">
                    {entries.slice(0, SHOWN).map(({ key, strategy, resource, expiresAt, version, worker }) => (
                      <li key={`${strategy} ${resource} ${key} ${worker}`} className="w-[218px] max-w-full">
                        <SellByLabel
                          entry={{ key, where: whereOf(id, worker, several), expiresAt, version }}
                          skewMs={data.skewMs}
                        />
                      </li>
                    ))}
                    {data.total[id] > SHOWN && (
                      <li className="num self-center text-sm text-ink-2">{`and ${data.total[id] - SHOWN} more`}</li>
                    )}
                  </ul>
                )}
              </div>
            )
          })}
      </div>
      <p className="mt-4 text-xs text-ink-2">
        What browsers keep is not here: only they know. An entry past its date stays until somebody asks for it or its
        tier needs the room; one without a date until its tier needs the room or it is written to.
      </p>
    </section>
  )
}
