import Link from 'next/link'
import type { Fault } from '@/app/lab/problem'
import { FaultNotice } from '@/app/parts/fault-notice'

/** A run that could not be shown: forgotten, never there, or the server is away. */
export function MissingRun({ id, fault }: { id: string; fault: Fault }) {
  return (
    <div className="band" data-testid="missing-run">
      <FaultNotice fault={fault}>
        {fault.code === 'run-not-found' ? (
          <p className="mt-1 text-sm">
            The run <code className="[overflow-wrap:anywhere]">{id}</code> is not kept any more, or never was: a run is
            forgotten after 30 days, or when its lab has made 100 newer ones.{' '}
            <Link href="/runs">To the list of runs</Link>
          </p>
        ) : (
          <p className="mt-1 text-sm">This page goes on asking.</p>
        )}
      </FaultNotice>
    </div>
  )
}
