import type { ReactNode } from 'react'
import { headingId } from '@/lessons/headings'

/** A lesson's heading. Its id is made as the table of contents makes it, so it has to be plain text. */
export function LessonHeading({ children }: { children?: ReactNode }) {
  if (typeof children !== 'string') throw new Error('A lesson’s heading has to be plain text')
  return <h2 id={headingId(children)}>{children}</h2>
}
