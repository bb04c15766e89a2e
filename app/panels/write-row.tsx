'use client'

import { useMutation } from '@tanstack/react-query'
import { usePredictFirst } from '@/app/experiment/experiment-context'
import { ms } from '@/app/format'
import type { Target } from '@/app/lab/targets'
import { FaultNotice } from '@/app/parts/fault-notice'
import { someNote, write } from './write'

/** Writes to what the panel asks for: a `PATCH` of the same address. What it did to entries, the log tells. */
export function WriteRow({ path, to, ready }: { path: string; to: Target; ready: boolean }) {
  const predictFirst = usePredictFirst()
  const patch = useMutation({ mutationFn: () => write(path, someNote(Date.now()), to) })
  const { data } = patch
  return (
    <div className="flex w-full flex-wrap items-center gap-x-4 gap-y-2">
      <button
        type="button"
        className="button-quiet"
        title="PATCH: give it another note"
        disabled={!ready}
        aria-disabled={patch.isPending}
        onClick={() => {
          if (predictFirst) predictFirst()
          else if (!patch.isPending) patch.mutate()
        }}
      >
        {predictFirst ? 'Predict first' : patch.isPending ? 'Writing…' : 'Write'}
      </button>
      <p className="text-sm text-ink-2" role="status" data-testid="written">
        {data && !data.fault ? (
          <span>
            Written: version <span className="num">{data.version}</span>
            <span>{`, in ${ms(data.answeredMs - data.sentMs)}. What it did to the entry, the log tells.`}</span>
          </span>
        ) : (
          'Changes the task, in this lab alone.'
        )}
      </p>
      {data?.fault && (
        <div className="w-full">
          <FaultNotice fault={data.fault} />
        </div>
      )}
    </div>
  )
}
