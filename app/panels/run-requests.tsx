'use client'

import { useState } from 'react'
import { count } from '@/app/format'
import { getRunRequests } from '@/app/lab/api'
import { faultIn } from '@/app/lab/problem'
import { useServerQuery } from '@/app/lab/use-server-query'
import { Segments } from '@/app/parts/controls'
import { FaultNotice } from '@/app/parts/fault-notice'
import type { Sample } from '@/lib/runs/samples'
import { RequestScrubber } from './request-scrubber'
import { RequestsTable } from './requests-table'

/**
 * A run's requests one by one, once it is over: each as a picture of its way, or all of them in a table. Nothing is asked
 * of the server before somebody opens it.
 * @param open whether it is open from the start.
 */
export function RunRequests({ run, open = false }: { run: string; open?: boolean }) {
  const [shown, setShown] = useState(open)
  return (
    <details className="band" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary className="w-fit py-1 font-semibold">Requests one by one</summary>
      {shown && <Requests run={run} />}
    </details>
  )
}

function Requests({ run }: { run: string }) {
  const { data, error } = useServerQuery({
    queryKey: ['run-requests', run],
    queryFn: ({ signal }) => getRunRequests(run, signal),
    // What a run that is over has sent stays as it is, until it is no longer kept.
    staleTime: Infinity,
    retry: false,
  })
  const fault = error ? faultIn(error) : undefined
  if (fault?.code === 'requests-gone' || fault?.code === 'run-not-found')
    return (
      <p className="mt-3 max-w-[70ch] text-ink-2">
        These requests are no longer kept: the server has those of its last 20 runs, until it is started anew. Run it
        again to see them; the same seed sends the same ones.
      </p>
    )
  if (fault)
    return (
      <div className="mt-4">
        <FaultNotice fault={fault} />
      </div>
    )
  if (!data) return <p className="mt-3 min-h-72 text-ink-2">Asking for the requests…</p>
  if (data.requests.length === 0) return <p className="mt-3 text-ink-2">It sent none before it ended.</p>
  return <Shown requests={data.requests} />
}

function Shown({ requests }: { requests: readonly Sample[] }) {
  const [view, setView] = useState<'picture' | 'table'>('picture')
  const [at, setAt] = useState(0)
  return (
    <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-y-5">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <p className="max-w-[64ch] text-sm text-ink-2">
          {requests.at(-1)?.n === requests.length
            ? `All ${count(requests.length)} of them.`
            : `${count(requests.length)} are kept: the first hundred, and evenly spaced ones of the rest.`}
        </p>
        <Segments
          name="Show the requests as"
          hideName
          value={view}
          onChange={(id) => setView(id === 'table' ? 'table' : 'picture')}
          choices={[
            { id: 'picture', label: 'picture', title: 'One request at a time, and its way' },
            { id: 'table', label: 'table', title: 'All of them, with the same figures' },
          ]}
        />
      </div>
      {view === 'picture' ? (
        <RequestScrubber requests={requests} at={at} onAt={setAt} />
      ) : (
        <RequestsTable
          requests={requests}
          at={at}
          onAt={(chosen) => {
            setAt(chosen)
            setView('picture')
          }}
        />
      )}
    </div>
  )
}
