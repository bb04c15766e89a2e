import Link from 'next/link'
import type { ReactNode } from 'react'
import { Ticked } from '@/app/parts/ticked'
import { type TermId, termById } from '@/lessons/glossary'
import { TermCard } from './term-card'

/** A word of the glossary where a lesson first uses it. An id that is not in the glossary stops the build. */
export function Term({ id, children }: { id: TermId; children: ReactNode }) {
  const { term, short, long } = termById(id)
  return (
    <TermCard word={children} short={<Ticked text={short} />}>
      <span className="mt-2 block">
        <Ticked text={long} />
      </span>
      <span className="mt-2 block">
        <Link href={`/glossary#${id}`}>“{term}” in the glossary</Link>
      </span>
    </TermCard>
  )
}
