import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MDXComponents } from 'mdx/types'
import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import type { ComponentType } from 'react'
import { Remember } from '@/app/lessons/remember'
import { Recall } from '@/app/recall/recall'
import { Source, type SourceProps } from '@/app/source/source'
import { lessonBySlug, lessons } from '@/lessons'
import { headingsOf } from '@/lessons/headings'
import { MarkProgress } from '../progress'
import { Sidebar } from '../sidebar'

export const dynamicParams = false
export const generateStaticParams = () => lessons.map(({ slug }) => ({ slug }))

interface Props {
  params: Promise<{ slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const lesson = lessonBySlug((await params).slug)
  return lesson ? { title: lesson.title, description: lesson.summary } : {}
}

export default async function LessonPage({ params }: Props) {
  const lesson = lessonBySlug((await params).slug)
  if (!lesson) notFound()
  const { slug, title, minutes, goals, prerequisites, remember } = lesson
  const file = `lessons/${slug}/lesson.mdx`
  const headings = headingsOf(await readFile(join(/*turbopackIgnore: true*/ process.cwd(), file), 'utf8'), file)
  const { default: Text } = (await import(`@/lessons/${slug}/lesson.mdx`)) as {
    default: ComponentType<{ components?: MDXComponents }>
  }

  const at = lessons.findIndex((each) => each.slug === slug)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-14 gap-y-8 py-8 lg:grid-cols-[232px_minmax(0,1fr)] lg:py-12">
      <div className="no-print">
        <Sidebar slug={slug} headings={headings} />
      </div>
      <article className="min-w-0">
        <header>
          <p className="eyebrow">
            Lesson {at + 1} · {minutes.core} min
            {minutes.optional > 0 && `, and ${minutes.optional} if you try more`}
          </p>
          <h1 className="mt-2 max-w-[18ch] text-[40px] leading-[1.04] font-extrabold tracking-[-0.035em] sm:text-[56px]">
            {title}
          </h1>
          <dl className="mt-8 grid max-w-[880px] gap-x-10 gap-y-5 border-y border-ink py-5 sm:grid-cols-[3fr_2fr]">
            <div>
              <dt className="field-name">Afterwards you can</dt>
              <dd>
                <ul className="mt-1 list-[square] pl-5">
                  {goals.map((goal) => (
                    <li key={goal}>{goal}</li>
                  ))}
                </ul>
              </dd>
            </div>
            <div>
              <dt className="field-name">Before you start</dt>
              {prerequisites.map((each) => (
                <dd key={each} className="mt-1">
                  {each}
                </dd>
              ))}
            </div>
          </dl>
        </header>
        <Recall lesson={slug} />
        <div className="lesson mt-8">
          <Text components={{ Source: (props: SourceProps) => <Source {...props} lesson={slug} /> }} />
        </div>
        <Remember lines={remember} />
        <MarkProgress slug={slug} />
        <PrevNext at={at} />
      </article>
    </div>
  )
}

function PrevNext({ at }: { at: number }) {
  const before = lessons[at - 1]
  const after = lessons[at + 1]
  return (
    <nav className="no-print flex flex-wrap justify-between gap-4" aria-label="Next and previous">
      {before ? (
        <Link className="button-quiet min-h-11 py-2 whitespace-normal!" href={`/lessons/${before.slug}`} rel="prev">
          ← {before.title}
        </Link>
      ) : (
        <Link className="button-quiet h-11" href="/lessons">
          All lessons
        </Link>
      )}
      {after ? (
        <Link className="button py-2 whitespace-normal!" href={`/lessons/${after.slug}`} rel="next">
          Next: {after.title} →
        </Link>
      ) : (
        <Link className="button" href="/playground">
          Go on in the playground →
        </Link>
      )}
    </nav>
  )
}
