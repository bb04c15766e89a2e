'use client'

import { useEffect, useRef } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { useExperiment } from './experiment-context'
import { type PanelSetup, setUpFrom, setUpLink } from './set-up-link'

/**
 * Sets a panel of an experiment up as the page's address says, once the page is there: it is prerendered, and knows
 * no query before. Gives what makes the link to how the panel is set up now; nothing outside of experiments.
 */
export function useSetUpLink(
  panel: string,
  now: PanelSetup,
  onGiven: (given: PanelSetup) => void,
): (() => string) | undefined {
  const catalog = useCatalog()
  const experiment = useExperiment()
  const first = useRef({ now, onGiven })
  const id = experiment?.id
  useEffect(() => {
    if (id === undefined) return
    const given = setUpFrom(catalog, { experiment: id, panel }, location.search, first.current.now)
    if (given) first.current.onGiven(given)
  }, [catalog, id, panel])
  if (!experiment) return undefined
  const place = { lesson: experiment.lesson, experiment: experiment.id, panel }
  return () => new URL(setUpLink(catalog, place, now), location.href).href
}
