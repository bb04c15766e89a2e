import Link from 'next/link'
import { CalibrationLine } from '@/app/notebook/calibration-line'
import { lessons } from '@/lessons'
import type { Heading } from '@/lessons/headings'
import { ProgressMark } from './progress'

/** All lessons with the reader's progress, and what this one holds. Folded away on a phone. */
export function Sidebar({ slug, headings }: { slug: string; headings: readonly Heading[] }) {
  return (
    <>
      <details className="border border-line bg-panel px-4 py-3 lg:hidden">
        <summary className="font-semibold">Lessons and contents</summary>
        <div className="mt-4">
          <Lists slug={slug} headings={headings} />
        </div>
      </details>
      <div className="sticky top-8 hidden max-h-[calc(100dvh-4rem)] overflow-y-auto lg:block">
        <Lists slug={slug} headings={headings} />
      </div>
    </>
  )
}

function Lists({ slug, headings }: { slug: string; headings: readonly Heading[] }) {
  return (
    <>
      <nav aria-label="Lessons">
        <ol className="grid gap-3">
          {lessons.map((lesson) => (
            <li key={lesson.slug} className="grid grid-cols-[26px_1fr] items-baseline">
              <ProgressMark slug={lesson.slug} />
              <Link
                href={`/lessons/${lesson.slug}`}
                aria-current={lesson.slug === slug ? 'page' : undefined}
                className="leading-snug text-ink-2 no-underline hover:underline aria-[current]:font-semibold aria-[current]:text-ink"
              >
                {lesson.title}
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <CalibrationLine />
      <nav aria-label="In this lesson" className="mt-6 border-t border-ink pt-4">
        <p className="eyebrow">In this lesson</p>
        <ol className="mt-2 grid gap-2">
          {headings.map(({ id, text }) => (
            <li key={id}>
              <a href={`#${id}`} className="text-[14.5px] leading-snug text-ink-2 no-underline hover:underline">
                {text}
              </a>
            </li>
          ))}
        </ol>
      </nav>
    </>
  )
}
