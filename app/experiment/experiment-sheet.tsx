'use client'

import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { useNotebook } from '@/app/notebook/notebook-provider'
import type { Asked, Said } from './asked'
import { Conclusion } from './conclusion'
import { type ExperimentLink, ExperimentLinkProvider, useSeen } from './experiment-context'
import { PredictionForm } from './prediction-form'
import { PredictionLine } from './prediction-line'
import { runItemOf } from './run-item'
import { useMeasure, usePrediction } from './use-prediction'

/**
 * What goes on in an experiment: the prediction, which the panels wait for; what they see; what came of it. A reader
 * who does not want to predict says so, and goes on.
 */
export function ExperimentSheet({
  id,
  lesson,
  asked,
  children,
}: {
  id: string
  lesson: string
  asked: Asked
  children: ReactNode
}) {
  const { put } = useNotebook()
  const { item, drawn, result, commit, takeBack } = usePrediction({ id, lesson, asked })
  const { seen, fresh, tell, forget } = useSeen(id)
  const { lost } = useMeasure(id, item, { seen, fresh })
  const committed = item !== undefined

  /** The last run has unusable metrics, so it wasn't scored. */
  const [unscored, setUnscored] = useState(false)
  const band = useRef<HTMLDivElement>(null)
  const [called, setCalled] = useState(false)
  /** The form and the line take each other's place: the focus, which would be lost with it, stays in the band. */
  const settle = useCallback((act: () => void) => {
    setCalled(false)
    act()
    band.current?.focus({ preventScroll: true })
  }, [])
  const predictFirst = useCallback(() => {
    setCalled(true)
    band.current?.scrollIntoView({ block: 'center' })
    band.current?.querySelector('input')?.focus({ preventScroll: true })
  }, [])

  const link = useMemo<ExperimentLink>(
    () => ({
      id,
      lesson,
      committed,
      predictFirst,
      drawn,
      result,
      sawReport(report) {
        if (!committed) return
        setUnscored(!report.usable.ok)
        if (report.usable.ok) tell({ kind: 'report', report })
        put(runItemOf(report, { lesson, experiment: id }))
      },
      sawRequest: (sent) => committed && tell({ kind: 'request', sent }),
      sawFigure: (name, value) => committed && tell({ kind: 'figure', name, value }),
    }),
    [id, lesson, committed, predictFirst, drawn, result, tell, put],
  )

  return (
    <ExperimentLinkProvider link={link}>
      <div
        ref={band}
        tabIndex={-1}
        className={`prediction band ${item ? '' : 'bg-blue-wash'}`}
        data-called={called || undefined}
      >
        {item ? (
          <PredictionLine
            asked={asked}
            said={item.said}
            result={result}
            onTakeBack={() =>
              settle(() => {
                forget()
                takeBack()
              })
            }
          />
        ) : (
          <PredictionForm
            asked={asked}
            onCommit={(said: Said | undefined) =>
              settle(() => {
                forget()
                commit(said)
              })
            }
          />
        )}
      </div>
      {children}
      {unscored && (
        <p className="band text-error" role="status" data-testid="not-scored">
          Not scored. The metrics of the last run are unusable, so it can’t tell whether you were right. Run it again.
        </p>
      )}
      {lost && (
        <p className="band text-stale" role="status">
          What came of it could not be compared: the app was built anew since this page was loaded. Reload the page.
        </p>
      )}
      {result && <Conclusion experiment={id} lesson={lesson} />}
    </ExperimentLinkProvider>
  )
}
