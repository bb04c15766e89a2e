'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { ExperimentDefinition, Seen, SentRequest } from '@/lessons/lesson'
import type { Report } from '@/lib/runs/report'

/** What the panels inside an experiment tell it, and may know of it. */
export interface ExperimentLink {
  id: string
  lesson: string
  /** Panels wait for the reader's word: they may be set up, but not run, until it is given or skipped. */
  committed: boolean
  /** What was said, where a chart can draw it. */
  drawn?: { figure: NonNullable<Extract<ExperimentDefinition['predict'], { kind: 'number' }>['draw']>; value: number }
  sawReport(report: Report): void
  sawRequest(sent: SentRequest): void
  sawFigure(name: string, value: number): void
}

const ExperimentContext = createContext<ExperimentLink | undefined>(undefined)

/** The experiment that a panel stands in; none in the playground. */
export const useExperiment = (): ExperimentLink | undefined => useContext(ExperimentContext)

export const nothingSeen: Seen = { reports: [], sent: [], figures: {} }

/** Hands an experiment to the panels in it. */
export function ExperimentLinkProvider({ link, children }: { link: ExperimentLink; children: ReactNode }) {
  return <ExperimentContext value={link}>{children}</ExperimentContext>
}

/** What the panels of an experiment have seen, and the functions by which they tell. */
export function useSeen() {
  const [seen, setSeen] = useState<Seen>(nothingSeen)
  const tell = useMemo(
    () => ({
      sawReport: (report: Report) =>
        setSeen((before) => ({
          ...before,
          reports: [...before.reports.filter(({ run }) => run !== report.run), report],
        })),
      sawRequest: (sent: SentRequest) => setSeen((before) => ({ ...before, sent: [...before.sent, sent] })),
      sawFigure: (name: string, value: number) =>
        setSeen((before) => ({ ...before, figures: { ...before.figures, [name]: value } })),
    }),
    [],
  )
  return { seen, tell, forget: () => setSeen(nothingSeen) }
}
