import type { Metadata } from 'next'
import Link from 'next/link'
import { lessons } from '@/lessons'
import type { Lesson } from '@/lessons/lesson'
import { GoOn } from './go-on'
import { ExercisesDone, ProgressMark } from './progress'

export const metadata: Metadata = {
  title: 'Lessons',
  description: 'All lessons of the course, in the order in which they are read.',
}

export default function LessonsPage() {
  return (
    <div className="py-12">
      <h1 className="text-[44px] font-extrabold">Lessons</h1>
      <GoOn lessons={lessons.map(({ slug, title, minutes }) => ({ slug, title, minutes: minutes.core }))} />
      <h2 className="sr-only">The course</h2>
      <LessonList of={all.filter(({ further }) => !further)} />
      {further.length > 0 && (
        <>
          <h2 className="mt-16 text-[32px] font-extrabold">Further on</h2>
          <p className="prose mt-2 max-w-[60ch]">
            The tiers that most tutorials only talk about, really there: an HTTP cache that all readers share, several
            processes with a memory each, and what a write does to all of them.
          </p>
          <LessonList of={further} />
        </>
      )}
    </div>
  )
}

const all: readonly Lesson[] = lessons
const further = all.filter((lesson) => lesson.further)

function LessonList({ of }: { of: readonly Lesson[] }) {
  return (
    <ol className="mt-8 max-w-[980px] border-t-2 border-ink">
      {of.map(({ slug, title, summary, minutes, exercises }) => (
        <li
          key={slug}
          className="grid grid-cols-[40px_minmax(0,1fr)] gap-x-2 border-b border-line py-6 sm:grid-cols-[64px_minmax(0,1fr)_auto]"
        >
          <span className="num pt-1 text-xl text-ink-2">{all.findIndex((each) => each.slug === slug) + 1}</span>
          <div>
            <h3 className="text-2xl">
              <Link href={`/lessons/${slug}`} className="text-ink no-underline hover:underline">
                {title}
              </Link>
            </h3>
            <p className="prose mt-1.5 max-w-[60ch] text-[17.5px]">{summary}</p>
          </div>
          <div className="num grid gap-1 self-start pt-2 text-[13.5px] text-ink-2 max-sm:col-start-2 sm:text-right">
            <p className="flex items-center gap-2 sm:justify-end">
              <ProgressMark slug={slug} /> {minutes.core} min
            </p>
            <ExercisesDone ids={exercises.map(({ id }) => id)} />
          </div>
        </li>
      ))}
    </ol>
  )
}
