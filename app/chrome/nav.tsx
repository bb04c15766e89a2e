'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'

const PAGES = [
  { href: '/lessons', name: 'Lessons' },
  { href: '/playground', name: 'Playground' },
  { href: '/glossary', name: 'Glossary' },
  { href: '/reference', name: 'Reference' },
] as const

export function Nav() {
  const path = usePathname()
  return (
    <nav aria-label="Pages">
      <ul className="flex flex-wrap gap-x-6">
        {PAGES.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={path === href ? 'page' : path.startsWith(`${href}/`) ? 'true' : undefined}
              className="block border-b-[3px] border-transparent py-2 font-medium text-ink no-underline hover:border-line aria-[current]:border-ink"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
