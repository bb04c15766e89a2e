'use client'

import type { ReactNode } from 'react'
import { type Result, useExperiment } from './experiment-context'

/**
 * What the experiment shows, at the foot of its sheet: folded until something was measured, so that nobody reads the
 * answer before they ask. It is there without JavaScript, and on paper.
 */
export function Verdict({ children }: { children: ReactNode }) {
  const result = useExperiment()?.result
  if (!result) {
    return (
      <details className="verdict band border-t-2! border-ink! bg-verdict">
        <summary className="w-fit text-blue underline underline-offset-3">Show what this shows without running</summary>
        <div className="prose mt-3">{children}</div>
      </details>
    )
  }
  return (
    <div className="verdict band prose border-t-2! border-ink! bg-verdict" data-testid="verdict">
      <p className="mb-[0.7em] text-[21px]">
        <ResultSentence result={result} />
      </p>
      {children}
    </div>
  )
}

function ResultSentence({ result: { said, measured, off, right } }: { result: Result }) {
  const was = <b>{measured}</b>
  if (said === undefined) return <span>It was {was}.</span>
  const mine = <b className="text-blue">{said}</b>
  if (right !== undefined)
    return right ? (
      <span>You said: {mine}. So it was.</span>
    ) : (
      <span>
        You said: {mine}. It was: {was}.
      </span>
    )
  return (
    <span>
      You said {mine}, it was {was}: <span>{off}</span>.
    </span>
  )
}
