'use client'

import './globals.css'

/** The last resort: the layout itself failed, so nothing of it is here. */
export default function GlobalError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-3xl px-6 py-20">
          <h1 className="text-4xl">Hitrate failed to draw this page</h1>
          <p className="mt-4">{error.message}</p>
          <button type="button" className="button mt-8" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
