'use client'

import { useEffect, useState } from 'react'

type Theme = 'light' | 'dark'
const NAME = 'hitrate-theme'

const system = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
const current = (): Theme => {
  const chosen = document.documentElement.dataset.theme
  return chosen === 'light' || chosen === 'dark' ? chosen : system()
}

/** Changes to the other theme. Choosing the system's own forgets the choice, so that the system is followed again. */
export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>()
  useEffect(() => {
    setTheme(current())
    const query = matchMedia('(prefers-color-scheme: dark)')
    const follow = () => setTheme(current())
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])

  const change = () => {
    const next = current() === 'dark' ? 'light' : 'dark'
    try {
      if (next === system()) localStorage.removeItem(NAME)
      else localStorage.setItem(NAME, next)
    } catch {
      // Storage is closed to this page: the choice lasts until it is left.
    }
    if (next === system()) delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = next
    setTheme(next)
  }
  return (
    <button
      type="button"
      className="button-quiet size-9 p-0!"
      onClick={change}
      aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
        <rect x="1.5" y="1.5" width="13" height="13" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M8 1.5h6.5v13H8z" fill="currentColor" />
      </svg>
    </button>
  )
}
