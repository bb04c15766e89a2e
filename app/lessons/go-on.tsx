'use client'

import Link from 'next/link'
import { useNotebook } from '@/app/notebook/notebook-provider'
import { headingId } from '@/lessons/headings'
import { type Place, resume } from './resume'

interface Known {
  slug: string
  title: string
  /** Core minutes. */
  minutes: number
}

const hrefOf = ({ lesson, heading }: Place<Known>) =>
  `/lessons/${lesson.slug}${heading === undefined ? '' : `#${headingId(heading)}`}`

/** The first thing to press on the home page: where one left, or lesson one. */
export function StartOrGoOn({ lessons, children }: { lessons: readonly Known[]; children: React.ReactNode }) {
  const place = resume(lessons, useNotebook().items)
  const [first] = lessons
  if (!first) return null
  const { lesson, heading } = place ?? { lesson: first }
  return (
    <>
      <div className="mt-8 flex flex-wrap gap-3">
        <Link className="button h-12 text-[17px]" href={place ? hrefOf(place) : `/lessons/${first.slug}`}>
          {place ? 'Go on where you left' : 'Start lesson one'}
        </Link>
        {children}
      </div>
      <p className="num mt-4 text-[13px] text-ink-2">
        {`${lesson.title}${heading ? `: ${heading}` : ` · ${lesson.minutes} min`}`}
      </p>
    </>
  )
}

/** One line on the page of lessons. Nothing while nothing was begun. */
export function GoOn({ lessons }: { lessons: readonly Known[] }) {
  const place = resume(lessons, useNotebook().items)
  if (!place) return null
  return (
    <p className="mt-5 max-w-[980px] border-l-4 border-blue bg-panel px-5 py-3 text-[17px]">
      Go on:{' '}
      <Link href={hrefOf(place)} className="font-semibold">
        <span>{place.lesson.title}</span>
        {place.heading && <span>{`, ${place.heading}`}</span>}
      </Link>
    </p>
  )
}
