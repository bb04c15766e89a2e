'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useExperiment, usePredictFirst } from '@/app/experiment/experiment-context'
import { plural } from '@/app/format'
import { forgetMemory, getEntries } from '@/app/lab/api'
import { useLab } from '@/app/lab/lab-provider'
import { faultIn } from '@/app/lab/problem'
import { useEntries } from '@/app/lab/use-entries'
import { FaultNotice } from '@/app/parts/fault-notice'
import type { LabEntries } from '@/lib/lab/entries'

/**
 * Does to this lab's memory what a restart of the process does. Tells the experiment around it how many entries were
 * lost: the figure `lost`.
 */
export function RestartMemory() {
  const titleId = useId()
  const { lab } = useLab()
  const client = useQueryClient()
  const experiment = useExperiment()
  const predictFirst = usePredictFirst()
  const { data } = useEntries()
  const restart = useMutation({
    async mutationFn(lab: string) {
      const before = await getEntries(lab)
      await forgetMemory(lab)
      return before
    },
    onSuccess: ({ total }) => experiment?.sawFigure('lost', total.memory),
    onSettled: () => client.invalidateQueries({ queryKey: ['entries', lab] }),
  })

  return (
    <section className="band" aria-labelledby={titleId} data-testid="restart-memory">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div>
          <h4 id={titleId} className="text-lg font-semibold">
            In memory now:{' '}
            <span className="num text-base">{data ? plural(data.total.memory, 'entry', 'entries') : '…'}</span>
          </h4>
          <p className="mt-1 max-w-[64ch] text-sm text-ink-2">
            A restart loses all that the process had in memory, and so does this button, for this lab alone. The process
            itself goes on: restarting it would close the page’s streams, and end the runs of others.
          </p>
        </div>
        <button
          type="button"
          className="button-quiet"
          disabled={lab === undefined}
          aria-disabled={restart.isPending}
          onClick={() => {
            if (predictFirst) predictFirst()
            else if (lab !== undefined && !restart.isPending) restart.mutate(lab)
          }}
        >
          {predictFirst ? 'Predict first' : restart.isPending ? 'Restarting…' : 'Restart the memory'}
        </button>
      </div>
      <p className="text-sm not-empty:mt-3" role="status">
        {restart.data && whatWasLost(restart.data)}
      </p>
      {restart.error && (
        <div className="mt-4">
          <FaultNotice fault={faultIn(restart.error)} />
        </div>
      )}
    </section>
  )
}

function whatWasLost({ total, unavailable }: LabEntries): string {
  const lost =
    total.memory === 0 ? 'There was nothing to lose.' : `${plural(total.memory, 'entry was', 'entries were')} lost.`
  const redis = unavailable.includes('redis')
    ? 'Redis does not answer, so what it keeps is not known.'
    : `What is in Redis stayed: ${plural(total.redis, 'entry', 'entries')}.`
  return `${lost} ${redis}`
}
