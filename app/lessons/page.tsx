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
      <ol className="mt-8 max-w-[980px] border-t-2 border-ink">
        {(lessons as readonly Lesson[]).map(({ slug, title, summary, minutes, exercises }, i) => (
          <li
            key={slug}
            className="grid grid-cols-[40px_minmax(0,1fr)] gap-x-2 border-b border-line py-6 sm:grid-cols-[64px_minmax(0,1fr)_auto]"
          >
            <span className="num pt-1 text-xl text-ink-2">{i + 1}</span>
            <div>
              <h2 className="text-2xl">
                <Link href={`/lessons/${slug}`} className="text-ink no-underline hover:underline">
                  {title}
                </Link>
              </h2>
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
    </div>
  )
}
