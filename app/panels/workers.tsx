'use client'

import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { crash, putWorkers } from '@/app/lab/api'
import { faultIn } from '@/app/lab/problem'
import { terminalAddress } from '@/app/lab/targets'
import { useProcesses, useTellProcesses } from '@/app/lab/use-processes'
import { Segments } from '@/app/parts/controls'
import { FaultNotice } from '@/app/parts/fault-notice'
import { useOrigin } from '@/app/parts/use-origin'
import type { ProcessStates } from '@/lib/processes/routes'

const COUNTS = ['0', '1', '2', '3', '4'].map((id) => ({ id, label: id }))

/** The workers beside the app: how many there are, where each is, and what becomes of one that crashes. */
export function Workers() {
  const titleId = useId()
  const { data, error, isPending } = useProcesses()
  const tell = useTellProcesses()
  const want = useMutation({ mutationFn: putWorkers, onSuccess: tell, onError: () => tell() })
  const end = useMutation({ mutationFn: crash, onSettled: () => tell() })
  const fault = want.error ?? end.error ?? (data ? undefined : error)
  const workers = data?.workers ?? []
  const origin = useOrigin()

  return (
    <section className="band" aria-labelledby={titleId} data-testid="workers">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h4 id={titleId} className="text-lg font-semibold">
            Workers
          </h4>
          <p className="mt-1 max-w-[64ch] text-sm text-ink-2">
            Bare Node processes on the app’s machine, each with the handlers of the app and a memory of its own. A run
            starts those it needs. Five minutes after their last use they are stopped.
          </p>
        </div>
        <Segments
          name="How many"
          choices={COUNTS}
          value={String(want.isPending ? want.variables : workers.length)}
          disabled={!data || want.isPending}
          onChange={(count) => want.mutate(Number(count))}
        />
      </div>
      <p className="sr-only" role="status">
        {want.isPending ? 'Starting…' : data && `${workers.length} at work`}
      </p>
      {fault && (
        <div className="mt-4">
          <FaultNotice fault={faultIn(fault)} />
        </div>
      )}
      {isPending && <p className="mt-3 text-ink-2">Asking which are there…</p>}
      {want.isPending && <p className="mt-3 text-ink-2">Starting what is missing…</p>}
      {data && workers.length === 0 && !want.isPending && <p className="mt-3 text-ink-2">None is at work.</p>}
      {workers.length > 0 && (
        <ul className="mt-4 grid gap-2">
          {workers.map((worker) => (
            <Worker
              key={worker.number}
              worker={worker}
              address={terminalAddress(worker.number, data, origin)}
              onCrash={() => end.mutate(worker.number)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

function Worker({
  worker: { number, worker, ready, restarts },
  address,
  onCrash,
}: {
  worker: ProcessStates['workers'][number]
  address: string | undefined
  onCrash: () => void
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line pt-2">
      <span className="num text-[14px]">
        <span>{`worker ${number}`}</span> <span className="text-ink-2">{`process ${worker}`}</span>{' '}
        <span className="text-ink-2">{ready ? address : 'died, and is being replaced…'}</span>
        {restarts > 0 && (
          <span className="text-ink-2">
            {` · replaced ${restarts === 1 ? 'once' : `${restarts} times`}, its memory lost`}
          </span>
        )}
      </span>
      <button
        type="button"
        className="button-quiet"
        disabled={!ready}
        aria-label={`Crash worker ${number}`}
        title="End it at once, as a crash does (SIGKILL)"
        onClick={onCrash}
      >
        Crash it
      </button>
    </li>
  )
}
