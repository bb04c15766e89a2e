import type { Metadata } from 'next'
import Link from 'next/link'
import { Ticked } from '@/app/parts/ticked'
import { lessonBySlug, lessons } from '@/lessons'
import { type GlossaryTerm, glossary } from '@/lessons/glossary'
import { TermList } from './term-list'

export const metadata: Metadata = {
  title: 'Glossary',
  description: 'Every word that the course explains: a sentence, a few more, and the lesson that teaches it.',
}

const terms: readonly GlossaryTerm[] = glossary.toSorted((a, b) => a.term.localeCompare(b.term, 'en'))

export default function GlossaryPage() {
  return (
    <div className="py-10">
      <h1 className="text-[44px] font-extrabold">Glossary</h1>
      <p className="prose mt-3 max-w-[62ch]">
        The words of the course, each in a sentence and a few more. In a lesson a dotted line under a word opens the
        same card.
      </p>
      <TermList
        terms={terms.map((term) => ({
          id: term.id,
          name: term.term,
          words: [term.term, ...(term.aliases ?? []), term.short, term.long].join(' ').toLowerCase(),
          entry: <Entry {...term} />,
        }))}
      />
    </div>
  )
}

function Entry({ id, term, short, long, lesson, source }: GlossaryTerm) {
  const taught = lesson === undefined ? undefined : lessonBySlug(lesson)
  return (
    <>
      <dt>
        <a href={`#${id}`} className="text-xl font-bold tracking-[-0.02em] text-ink no-underline hover:underline">
          {term}
        </a>
      </dt>
      <dd className="prose max-w-[66ch] text-[17.5px]">
        <p className="font-semibold">
          <Ticked text={short} />
        </p>
        <p>
          <Ticked text={long} />
        </p>
        {(taught || source) && (
          <p className="flex flex-wrap gap-x-6 gap-y-1 font-sans text-[14px]">
            {taught && (
              <Link href={`/lessons/${taught.slug}`}>
                Lesson {lessons.findIndex(({ slug }) => slug === taught.slug) + 1}: {taught.title}
              </Link>
            )}
            {source && (
              <a href={source.url} rel="noreferrer">
                {source.title}
              </a>
            )}
          </p>
        )}
      </dd>
    </>
  )
}
