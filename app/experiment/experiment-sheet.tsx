'use client'

import { type ReactNode, useMemo } from 'react'
import { ExperimentLinkProvider, useSeen } from './experiment-context'

export function ExperimentSheet({ id, lesson, children }: { id: string; lesson: string; children: ReactNode }) {
  const { tell } = useSeen()
  const link = useMemo(() => ({ id, lesson, committed: true, ...tell }), [id, lesson, tell])
  return <ExperimentLinkProvider link={link}>{children}</ExperimentLinkProvider>
}
