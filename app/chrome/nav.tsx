'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useNotebook } from '@/app/notebook/notebook-provider'
import { type Asked, dueNow, known } from '@/app/recall/schedule'
import { useMinute } from '@/app/recall/use-minute'

const PAGES = [
  { href: '/lessons', name: 'Lessons' },
  { href: '/playground', name: 'Playground' },
  { href: '/runs', name: 'Runs' },
  { href: '/notebook', name: 'Notebook' },
  { href: '/review', name: 'Review' },
  { href: '/glossary', name: 'Glossary' },
  { href: '/reference', name: 'Reference' },
] as const

/** The pages. Beside the review stands how many of the course’s questions are due. */
export function Nav({ questions }: { questions: readonly Asked[] }) {
  const path = usePathname()
  return (
    <nav aria-label="Pages">
      <ul className="flex flex-wrap gap-x-5">
        {PAGES.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={path === href ? 'page' : path.startsWith(`${href}/`) ? 'true' : undefined}
              className="block border-b-[3px] border-transparent py-2 font-medium text-ink no-underline hover:border-line aria-[current]:border-ink"
            >
              <span>{name}</span>
              {href === '/review' && <Due questions={questions} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Due({ questions }: { questions: readonly Asked[] }) {
  const { items } = useNotebook()
  const due = dueNow(known(questions, items), useMinute()).length
  if (due === 0) return null
  return (
    <span className="num ml-1.5 border border-ink px-1 text-[12px]" data-testid="due">
      <span>{due}</span>
      <span className="sr-only">{` ${due === 1 ? 'question is' : 'questions are'} due`}</span>
    </span>
  )
}
