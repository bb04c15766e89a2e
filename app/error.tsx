'use client'

import { OutcomeWord } from './parts/outcome'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="py-20">
      <p className="num text-lg">
        <OutcomeWord outcome="error" /> in this page
      </p>
      <h1 className="mt-2 text-[44px] font-extrabold">Something failed that should not</h1>
      <p className="prose mt-4 max-w-[60ch]">{error.message}</p>
      {error.digest && <p className="num mt-2 text-sm text-ink-2">{error.digest}</p>}
      <button type="button" className="button mt-8" onClick={reset}>
        Try again
      </button>
    </div>
  )
}
