import type { ReactNode } from 'react'

/**
 * A sentence that a test asserts: `lesson.test.ts` beside the lesson has one by this id. Looks like any other; the mark
 * behind it says that the sentence is measured.
 */
export const Claim = ({ id, children }: { id: string; children: ReactNode }) => (
  <span className="claim" data-claim={id}>
    {children}
  </span>
)

/** A belief that many hold, before the experiment that refutes it. */
export const Misconception = ({ children }: { children: ReactNode }) => (
  <div role="note" className="prose my-8 max-w-[66ch] border-l-4 border-blue bg-panel px-5 py-4 text-[17px]">
    <p className="field-name m-0!">You may have heard</p>
    {children}
  </div>
)
