'use client'

import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { type CodeLanguage, chooseLanguage, useLanguage } from './language'

const TITLES: Record<CodeLanguage, string> = {
  typescript: 'TypeScript, running here',
  python: 'FastAPI, for comparison: not run here',
}

interface Version {
  language: CodeLanguage
  /** File and copy button, at the end of the row of tabs. */
  about: ReactNode
  code: ReactNode
}

/**
 * One or two versions of the same code. Both are in the page; which one shows is decided by CSS from an attribute of
 * the root element, so that the choice of an earlier visit is there at the first paint, and TypeScript without scripts.
 */
export function Languages({ name, versions }: { name: string; versions: readonly Version[] }) {
  const id = useId()
  const chosen = useLanguage()
  const tabs = useRef<HTMLDivElement>(null)
  const [only] = versions
  if (versions.length < 2) {
    return only ? (
      <>
        <figcaption className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line py-2 pr-2 pl-4 text-sm">
          <b className="font-semibold">{TITLES[only.language]}</b>
          <span className="ml-auto flex items-center justify-between gap-x-4 max-sm:w-full">{only.about}</span>
        </figcaption>
        {only.code}
      </>
    ) : null
  }

  const move = (event: KeyboardEvent) => {
    const keys: Record<string, number> = { ArrowLeft: 0, Home: 0, ArrowRight: 1, End: 1 }
    const to = versions[keys[event.key] ?? -1]
    if (!to) return
    event.preventDefault()
    chooseLanguage(to.language)
    tabs.current?.querySelector<HTMLElement>(`[data-tab="${to.language}"]`)?.focus()
  }

  return (
    <div className="in-two-languages">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line pr-2 text-sm">
        <div ref={tabs} role="tablist" aria-label={name} className="flex flex-wrap" onKeyDown={move}>
          {versions.map(({ language }) => (
            <button
              key={language}
              type="button"
              role="tab"
              id={`${id}-${language}-tab`}
              data-tab={language}
              aria-selected={language === chosen}
              aria-controls={`${id}-${language}`}
              tabIndex={language === chosen ? 0 : -1}
              className="language-tab"
              onClick={() => chooseLanguage(language)}
            >
              {TITLES[language]}
            </button>
          ))}
        </div>
        {versions.map(({ language, about }) => (
          <div key={language} data-language={language} className="ml-auto py-2 pl-4 max-sm:w-full">
            <div className="flex items-center justify-between gap-x-4">{about}</div>
          </div>
        ))}
      </figcaption>
      {versions.map(({ language, code }) => (
        <div
          key={language}
          role="tabpanel"
          id={`${id}-${language}`}
          data-language={language}
          aria-labelledby={`${id}-${language}-tab`}
        >
          {code}
        </div>
      ))}
    </div>
  )
}
