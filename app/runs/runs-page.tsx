'use client'

import { useSearchParams } from 'next/navigation'
import { askedIn } from './address'
import { Comparison } from './comparison'
import { RunList } from './run-list'
import { RunView } from './run-view'

/** What the address asks for: a run, several beside each other, or the list of those that this browser knows. */
export function RunsPage() {
  const asked = askedIn(useSearchParams())
  if (asked.kind === 'run') return <RunView key={asked.id} id={asked.id} />
  if (asked.kind === 'comparison') {
    return <Comparison key={asked.ids.join()} ids={asked.ids} left={asked.left} />
  }
  return <RunList picked={asked.picked} />
}
