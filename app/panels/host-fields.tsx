'use client'

import { NumberField, Segments } from '@/app/parts/controls'
import { BOUNDS } from '@/lib/runs/bounds'
import type { LoadSetup } from './load-setup'

type Where = Pick<LoadSetup, 'via' | 'host' | 'workers'>

/** What a load goes through, and who answers it. The edge stands in front of the Next routes, so it is one or the other. */
export function HostFields({
  load: { via, host, workers },
  onWhere,
  wrong,
}: {
  load: Where
  onWhere: (where: Partial<Where>) => void
  wrong: (field: string) => boolean
}) {
  return (
    <>
      <Segments
        name="Through"
        value={via}
        // What an address holds may be both: then each can be set back.
        disabled={host === 'workers' && via === 'direct'}
        onChange={(id) => onWhere({ via: id as Where['via'] })}
        choices={[
          { id: 'direct', label: 'nothing', title: 'Requests go to what answers them' },
          { id: 'edge', label: 'the edge', title: 'A shared HTTP cache in front of the Next routes' },
        ]}
      />
      <Segments
        name="Answered by"
        value={host}
        disabled={via === 'edge' && host === 'next'}
        onChange={(id) => onWhere({ host: id as Where['host'] })}
        choices={[
          { id: 'next', label: 'Next routes', title: 'The app itself' },
          { id: 'workers', label: 'workers', title: 'Bare Node processes, each with a memory of its own' },
        ]}
      />
      {host === 'workers' && (
        <NumberField
          name="Workers"
          min={BOUNDS.workers.min}
          max={BOUNDS.workers.max}
          width={2}
          wrong={wrong('workers')}
          value={workers}
          onChange={(text) => onWhere({ workers: text })}
        />
      )}
    </>
  )
}

/** How the requests of a load get to where they are answered. */
export function wayInWords({ via, host, workers }: Where): string {
  if (host === 'workers')
    return `Requests go to ${workers.trim() === '1' ? 'one worker process' : `${workers} worker processes`}: bare Node with the same handlers, each process with a memory of its own. The seed draws which one answers each request.`
  return via === 'edge'
    ? 'Requests go to the edge, a shared HTTP cache in a process of its own, and from there, where it has no fresh answer, to the Next routes of this app.'
    : 'Requests go straight to the Next routes of this app.'
}
