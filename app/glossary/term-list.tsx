'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { useEarlyInput } from '@/app/parts/use-early-input'

interface ListedTerm {
  id: string
  name: string
  /** All that the filter looks in, in lower case. */
  words: string
  entry: ReactNode
}

/** All terms, with a field that narrows them down. Every term is in the page; the filter only hides. */
export function TermList({ terms }: { terms: readonly ListedTerm[] }) {
  const [filter, setFilter] = useState('')
  const field = useEarlyInput<HTMLInputElement>(filter, ({ value }) => value, setFilter)
  const wanted = filter.trim().toLowerCase()
  const shown = terms.filter(({ words }) => words.includes(wanted))

  // A link to a term must reach it, whatever the field holds.
  useEffect(() => {
    const reveal = () => {
      if (location.hash.length > 1) setFilter('')
    }
    addEventListener('hashchange', reveal)
    return () => removeEventListener('hashchange', reveal)
  }, [])

  return (
    <div className="mt-8 grid grid-cols-[minmax(0,1fr)] gap-x-14 lg:grid-cols-[232px_minmax(0,1fr)]">
      <div className="no-print">
        <div className="lg:sticky lg:top-8">
          <label className="block">
            <span className="field-name mb-1">Find a word</span>
            <input
              ref={field}
              type="search"
              className="input w-full"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          </label>
          <p className="mt-2 text-sm text-ink-2" aria-live="polite">
            <span className="num">{shown.length}</span> of <span className="num">{terms.length}</span> words
          </p>
          <nav
            aria-label="Words"
            className="mt-4 hidden max-h-[calc(100dvh-11rem)] gap-1.5 overflow-y-auto border-t border-ink pt-4 lg:grid"
          >
            {shown.map(({ id, name }) => (
              <a key={id} href={`#${id}`} className="text-ink-2 no-underline hover:underline">
                {name}
              </a>
            ))}
          </nav>
        </div>
      </div>
      <div className="min-w-0 max-lg:mt-6">
        <dl className="border-t-2 border-ink">
          {terms.map(({ id, words, entry }) => (
            <div
              key={id}
              id={id}
              hidden={!words.includes(wanted)}
              className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-1 border-b border-line py-5 target:bg-blue-wash md:grid-cols-[220px_minmax(0,1fr)] md:px-4"
            >
              {entry}
            </div>
          ))}
        </dl>
        {shown.length === 0 && (
          <p className="mt-6">
            <span>{`No word here has “${filter.trim()}” in it.`}</span>{' '}
            <button type="button" className="button-quiet ml-2" onClick={() => setFilter('')}>
              Show all
            </button>
          </p>
        )}
      </div>
    </div>
  )
}
