'use client'

import { useLab, useLabState } from '@/app/lab/lab-provider'
import type { Connection } from '@/app/lab/state'

const WORDS: Record<Connection, string> = {
  opening: 'connecting',
  live: 'live',
  reconnecting: 'reconnecting',
  offline: 'offline',
}

/** Whose lab this is, and how its stream is. */
export function LabLine() {
  const { lab } = useLab()
  const connection = useLabState((state) => state.connection)
  return (
    <p className="num text-[13px]" data-testid="connection" data-connection={connection}>
      {lab !== undefined && (
        <span>
          your lab <span title={lab}>{`${lab.slice(0, 8)}${lab.length > 8 ? '…' : ''}`}</span> ·{' '}
        </span>
      )}
      <span>stream</span> <span aria-live="polite">{WORDS[connection]}</span>
    </p>
  )
}
