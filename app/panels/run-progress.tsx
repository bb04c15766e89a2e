'use client'

import { count, ordinal, percent, perSecond, plural } from '@/app/format'
import { type RunStanding, useSnapshots } from '@/app/lab/use-run'
import { OutcomeMark } from '@/app/parts/outcome'
import type { Snapshot } from '@/lib/runs/report'

const REASONS: Record<string, string> = {
  asked: 'You stopped it.',
  unwatched: 'Nobody had watched it for 30 s, so the server stopped it.',
  'time limit': 'It took as long as a run may take, and was stopped.',
}

/** What a run is doing: its place in the queue, how far it is, how it ended. */
export function RunProgress({ id, run: { state, streamed } }: { id: string; run: RunStanding }) {
  return <RunStatus state={state} streamed={streamed} latest={useSnapshots(id).latest} />
}

/** The same of a run whose snapshots come from elsewhere: it may be of another lab. */
export function RunStatus({
  state,
  streamed,
  latest,
}: Pick<RunStanding, 'state' | 'streamed'> & { latest: Snapshot | undefined }) {
  const status = state?.status
  const progress = status === 'done' ? 1 : (latest?.progress ?? 0)
  const figures = latest?.total
  return (
    <div className="band" data-testid="run-status" data-status={status ?? 'asking'} data-run={state?.id}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p className="font-semibold" aria-live="polite">
          {status === undefined && <span>Asking after the run…</span>}
          {status === 'queued' && (
            <span>
              {state?.place === undefined ? 'Waiting in the queue' : `Waiting, ${ordinal(state.place)} in the queue`}
            </span>
          )}
          {status === 'running' && (
            <span>{latest?.phase === 'warm-up' ? 'Warming up, not measured yet' : 'Running'}</span>
          )}
          {status === 'done' && <span>Done</span>}
          {status === 'stopped' && <span>Stopped</span>}
          {status === 'failed' && (
            <span className="text-error">
              <OutcomeMark outcome="error" /> Failed
            </span>
          )}
          {state?.reason && (
            <span className="ml-2 font-normal text-ink-2">{REASONS[state.reason] ?? `${state.reason}.`}</span>
          )}
        </p>
        {figures && status === 'running' && (
          <p className="num text-[13.5px]">
            <span>{plural(figures.requests, 'request')}</span> · <span>{perSecond(figures.throughput)}</span> · hit rate{' '}
            <span>{percent(figures.hitRate)}</span> · <span>{plural(figures.originCalls, 'origin call')}</span>
            {figures.errors > 0 && <span className="text-error">{` · ${count(figures.errors)} errors`}</span>}
          </p>
        )}
      </div>
      <progress className="run-progress mt-3" value={progress} max={1} aria-label="Progress of the run" />
      {!streamed && (status === 'running' || status === 'queued') && (
        <p className="mt-2 text-sm text-stale" role="status">
          The live stream is away. Until it is back, this page asks after the run again and again, and draws no points.
        </p>
      )}
    </div>
  )
}
