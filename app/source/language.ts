'use client'

import { useSyncExternalStore } from 'react'

/** The two languages in which the course shows code. */
export type CodeLanguage = 'typescript' | 'python'

/** Also in public/theme.js, which applies the choice before the first paint. */
const NAME = 'hitrate-code'

/** The root element holds the choice: styles show by it, and React reads it. */
const chosen = (): CodeLanguage => (document.documentElement.dataset.code === 'python' ? 'python' : 'typescript')

const listeners = new Set<() => void>()

function show(language: CodeLanguage): void {
  if (language === 'python') document.documentElement.dataset.code = language
  else delete document.documentElement.dataset.code
  for (const each of listeners) each()
}

/** The choice holds for the whole course, so for its other tabs too. */
function follow({ key, newValue }: StorageEvent): void {
  if (key === NAME) show(newValue === 'python' ? 'python' : 'typescript')
}

function subscribe(listener: () => void): () => void {
  // One function, so that it is added once however many ask.
  addEventListener('storage', follow)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) removeEventListener('storage', follow)
  }
}

/** The language in which this reader reads code. */
export const useLanguage = (): CodeLanguage => useSyncExternalStore(subscribe, chosen, () => 'typescript')

/** Read code in this language from now on, everywhere in the course. */
export function chooseLanguage(language: CodeLanguage): void {
  try {
    localStorage.setItem(NAME, language)
  } catch {
    // Storage is closed to this page: the choice lasts until it is left.
  }
  show(language)
}
