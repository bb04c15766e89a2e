'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import type { NumberPrediction, Seen, SentRequest } from '@/lessons/lesson'
import type { Report } from '@/lib/runs/report'
import { addTold, keepSeen, keptSeen, nothingSeen, type Told } from './seen'

/** What came of an experiment, in words. */
export interface Result {
  /** Absent where the reader skipped the prediction. */
  said?: string
  measured: string
  /** How far off a number was. */
  off?: string
  /** Whether a choice was right. */
  right?: boolean
}

/** What was said, where a chart or a table can show it. */
export interface Drawn {
  figure: NonNullable<NumberPrediction['draw']>
  /** Percent, requests per second, or milliseconds. */
  value: number
  /** `50 %` */
  words: string
}

/** What the panels inside an experiment tell it, and may know of it. */
export interface ExperimentLink {
  id: string
  lesson: string
  /** Panels wait for the reader's word: they may be set up, but not run, until it is given or skipped. */
  committed: boolean
  /** Takes the reader to the prediction that the panels wait for. */
  predictFirst(): void
  drawn?: Drawn
  /** Once something was measured. */
  result?: Result
  sawReport(report: Report): void
  sawRequest(sent: SentRequest): void
  sawFigure(name: string, value: number): void
}

const ExperimentContext = createContext<ExperimentLink | undefined>(undefined)

/** The experiment that a panel stands in; none in the playground. */
export const useExperiment = (): ExperimentLink | undefined => useContext(ExperimentContext)

/**
 * What a panel's button does in the place of running while the experiment waits for the reader's word; undefined
 * where it may run. The button then says `Predict first`.
 */
export function usePredictFirst(): (() => void) | undefined {
  const experiment = useExperiment()
  return experiment && !experiment.committed ? experiment.predictFirst : undefined
}

/** Hands an experiment to the panels in it. */
export function ExperimentLinkProvider({ link, children }: { link: ExperimentLink; children: ReactNode }) {
  return <ExperimentContext value={link}>{children}</ExperimentContext>
}

/**
 * What the panels of an experiment have seen, and the functions by which they tell. `fresh` says that something was
 * told since the page was loaded: the rest is from before.
 */
export function useSeen(experiment: string) {
  const [state, setState] = useState<{ seen: Seen; fresh: boolean }>()
  useEffect(() => setState((before) => before ?? { seen: keptSeen(experiment), fresh: false }), [experiment])

  const change = useCallback(
    (next: (seen: Seen) => Seen, fresh: boolean) =>
      setState((before) => {
        const seen = next(before?.seen ?? keptSeen(experiment))
        keepSeen(experiment, seen)
        return { seen, fresh }
      }),
    [experiment],
  )
  const tell = useCallback((told: Told) => change((before) => addTold(before, told), true), [change])
  const forget = useCallback(() => change(() => nothingSeen, false), [change])
  return { seen: state?.seen ?? nothingSeen, fresh: state?.fresh ?? false, tell, forget }
}
