'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { usePredictFirst } from '@/app/experiment/experiment-context'
import { getFaults, putFaults } from '@/app/lab/api'
import { useLab } from '@/app/lab/lab-provider'
import { faultIn } from '@/app/lab/problem'
import { useServerQuery } from '@/app/lab/use-server-query'
import { FaultNotice } from '@/app/parts/fault-notice'

/** The fault lifts itself, and may be set from elsewhere: so often the page looks. */
const EVERY_MS = 3_000

/** Takes Redis away from this lab alone, and gives it back. The fault is simulated, and says so. */
export function FaultSwitch() {
  const titleId = useId()
  const { lab } = useLab()
  const client = useQueryClient()
  const predictFirst = usePredictFirst()
  const queryKey = ['faults', lab]
  const { data, error } = useServerQuery({
    queryKey,
    queryFn: ({ signal }) => getFaults(lab ?? '', signal),
    enabled: lab !== undefined,
    refetchInterval: EVERY_MS,
  })
  const put = useMutation({
    mutationFn: (redis: 'ok' | 'away') => putFaults(lab ?? '', { redis }),
    onSuccess: (faults) => client.setQueryData(queryKey, faults),
    onSettled: () => client.invalidateQueries({ queryKey: ['entries', lab] }),
  })

  const away = data?.redis === 'away'
  // Giving it back is always allowed: a fault from before must not stand in the way of a new prediction.
  const waits = away ? undefined : predictFirst
  const fault = put.error ?? (data ? undefined : error)

  return (
    <section
      className={`band ${away ? 'border-l-4 border-l-error' : ''}`}
      aria-labelledby={titleId}
      data-testid="fault-switch"
      data-redis={data?.redis}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div>
          <h4 id={titleId} className="text-lg font-semibold">
            Redis for this lab:{' '}
            <span className={away ? 'text-error' : ''} role="status">
              {data ? (away ? 'away' : 'there') : 'asking…'}
            </span>
          </h4>
          <p className="mt-1 max-w-[64ch] text-sm text-ink-2">
            <b className="font-semibold text-ink">A simulated fault.</b> While it is away, each command of this lab to
            Redis is refused at once. Redis itself runs on, and other labs notice nothing.{' '}
            {away ? <span>It comes back by itself five minutes after it was taken away.</span> : null}
          </p>
        </div>
        <button
          type="button"
          className={away ? 'button' : 'button-quiet'}
          disabled={!data}
          aria-disabled={put.isPending}
          onClick={() => {
            if (waits) waits()
            else if (!put.isPending) put.mutate(away ? 'ok' : 'away')
          }}
        >
          {waits
            ? 'Predict first'
            : put.isPending
              ? away
                ? 'Giving back…'
                : 'Taking away…'
              : away
                ? 'Give Redis back'
                : 'Take Redis away'}
        </button>
      </div>
      {fault && (
        <div className="mt-4">
          <FaultNotice fault={faultIn(fault)} />
        </div>
      )}
    </section>
  )
}
