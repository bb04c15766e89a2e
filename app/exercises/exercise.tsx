import type { ReactNode } from 'react'
import { ExercisePanel } from '@/app/panels/lazy'
import { Ticked } from '@/app/parts/ticked'
import { exerciseById } from './exercise-by-id'

/**
 * The framed sheet that an exercise is: what to do, what the server looks for, help, and the panels to do it with, where
 * the text gives some. Throws where no lesson defines the id, which stops the build.
 */
export function Exercise({ id, children }: { id: string; children?: ReactNode }) {
  const { exercise, lesson, number } = exerciseById(id)
  const { title, task, hints, check } = exercise
  return (
    <section className="sheet my-12" aria-labelledby={`exercise-${id}-title`} id={`exercise-${id}`}>
      <header className="band">
        <p className="eyebrow">
          <span className="uppercase">Exercise {number}</span> · the server sees what you do
        </p>
        <h3 id={`exercise-${id}-title`} className="mt-1 max-w-[34ch] text-[26px] sm:text-[28px]">
          <Ticked text={title} />
        </h3>
      </header>
      <div className="band prose max-w-none bg-sunk text-[17px]">
        <ol>
          {task.map((step) => (
            <li key={step}>
              <Ticked text={step} />
            </li>
          ))}
        </ol>
      </div>
      <ExercisePanel id={id} lesson={lesson} hints={hints} goals={check.verdict(check.initial).goals} />
      {children}
    </section>
  )
}
