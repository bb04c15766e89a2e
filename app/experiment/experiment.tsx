import type { ReactNode } from 'react'
import { Ticked } from '@/app/parts/ticked'
import { experimentById } from '@/lessons'
import { askedOf } from './asked'
import { ExperimentSheet } from './experiment-sheet'

/**
 * The framed sheet that an experiment is: its question, the prediction, what to do, the panels, and what it showed.
 * Throws where no lesson defines the id, which stops the build.
 */
export function Experiment({ id, children }: { id: string; children: ReactNode }) {
  const { definition, number, lesson } = experimentById(id)
  return (
    <section className="sheet my-12" aria-labelledby={`experiment-${id}`} id={id}>
      <header className="band">
        <p className="eyebrow">
          <span className="uppercase">Experiment {number}</span> · predict, then run
        </p>
        <h3 id={`experiment-${id}`} className="mt-1 max-w-[34ch] text-[26px] sm:text-[28px]">
          <Ticked text={definition.question} />
        </h3>
      </header>
      <ExperimentSheet id={id} lesson={lesson} asked={askedOf(definition.predict)}>
        {children}
      </ExperimentSheet>
    </section>
  )
}

/** What to do, in steps. */
export const Steps = ({ children }: { children: ReactNode }) => (
  <div className="band prose max-w-none bg-sunk text-[17px]">{children}</div>
)
