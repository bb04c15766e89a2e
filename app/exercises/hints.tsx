'use client'

import { useState } from 'react'
import { useItem, useNotebook } from '@/app/notebook/notebook-provider'
import { Ticked } from '@/app/parts/ticked'
import type { Exercise } from '@/lib/checks/exercise'

const RUNGS = ['A nudge', 'A pointer', 'The answer'] as const

/** The ladder of hints: each rung shows the next. How far one went is noted in the notebook, and costs nothing. */
export function Hints({ exercise, lesson, hints }: { exercise: string; lesson: string; hints: Exercise['hints'] }) {
  const { put, known } = useNotebook()
  const used = useItem('hints', exercise)?.used ?? 0
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set())

  const toggle = (rung: number) => {
    const next = new Set(shown)
    if (!next.delete(rung)) next.add(rung)
    setShown(next)
    if (rung < used) return
    put({ id: `hints:${exercise}`, kind: 'hints', lesson, exercise, used: rung + 1 })
  }
  return (
    <div className="band">
      <h4 className="field-name">Stuck? Hints cost nothing. Your notebook notes how many you took.</h4>
      <div className="no-print mt-2 flex flex-wrap gap-2">
        {RUNGS.slice(0, used + 1).map((name, rung) => (
          <button
            key={name}
            type="button"
            className="button-quiet min-h-11"
            // Before React is here, and has read how far one went, a click would be lost.
            disabled={!known}
            aria-expanded={shown.has(rung)}
            aria-controls={`hint-${exercise}-${rung}`}
            onClick={() => toggle(rung)}
          >
            {name}
          </button>
        ))}
      </div>
      <div aria-live="polite">
        {hints.map((hint, rung) => (
          <p
            key={hint}
            id={`hint-${exercise}-${rung}`}
            hidden={!shown.has(rung)}
            className="mt-3 max-w-[66ch] border-l-4 border-blue px-4 py-1"
          >
            <b className="font-semibold">
              <span>{RUNGS[rung]}</span>.
            </b>{' '}
            <Ticked text={hint} />
          </p>
        ))}
      </div>
    </div>
  )
}
