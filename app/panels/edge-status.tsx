'use client'

import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { crash, putEdge } from '@/app/lab/api'
import { faultIn } from '@/app/lab/problem'
import { terminalAddress } from '@/app/lab/targets'
import { useProcesses, useTellProcesses } from '@/app/lab/use-processes'
import { CopyButton } from '@/app/parts/copy-button'
import { FaultNotice } from '@/app/parts/fault-notice'
import { useOrigin } from '@/app/parts/use-origin'

/** The edge: where it is, and what becomes of it when it crashes. */
export function EdgeStatus() {
  const titleId = useId()
  const { data, error, isPending } = useProcesses()
  const tell = useTellProcesses()
  const start = useMutation({ mutationFn: putEdge, onSuccess: tell })
  const end = useMutation({ mutationFn: () => crash('edge'), onSettled: () => tell() })
  const address = terminalAddress('edge', data, useOrigin())
  const edge = data?.edge
  const fault = start.error ?? end.error ?? (data ? undefined : error)
  const state = isPending
    ? 'asking…'
    : start.isPending
      ? 'starting…'
      : !edge
        ? 'not at work yet'
        : edge.ready
          ? 'at work'
          : 'died, and is being replaced…'

  return (
    <section
      className={`band ${edge && !edge.ready ? 'border-l-4 border-l-error' : ''}`}
      aria-labelledby={titleId}
      data-testid="edge-status"
      data-restarts={edge?.restarts}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div>
          <h4 id={titleId} className="text-lg font-semibold">
            The edge: <span role="status">{state}</span>
          </h4>
          <p className="mt-1 max-w-[64ch] text-sm text-ink-2">
            A separate process in front of this app. The first request that goes through it starts it.{' '}
            {edge && edge.restarts > 0 && (
              <span>
                It was replaced <span>{edge.restarts === 1 ? 'once' : `${edge.restarts} times`}</span>, each time with
                nothing in it.
              </span>
            )}
          </p>
          {address !== undefined && (
            <p className="mt-2 flex flex-wrap items-center gap-3">
              <span className="num text-[14px]">{address}</span>
              <CopyButton className="button-quiet" text={address}>
                Copy address
              </CopyButton>
            </p>
          )}
        </div>
        {edge ? (
          <button
            type="button"
            className="button-quiet"
            disabled={!edge.ready}
            title="End it at once, as a crash does (SIGKILL)"
            onClick={() => end.mutate()}
          >
            Crash the edge
          </button>
        ) : (
          <button
            type="button"
            className="button-quiet"
            disabled={!data}
            aria-disabled={start.isPending}
            onClick={() => !start.isPending && start.mutate()}
          >
            {start.isPending ? 'Starting…' : 'Start it'}
          </button>
        )}
      </div>
      {fault && (
        <div className="mt-4">
          <FaultNotice fault={faultIn(fault)} />
        </div>
      )}
    </section>
  )
}
