import type { Metadata } from 'next'
import { Suspense } from 'react'
import { RunsPage } from './runs-page'

export const metadata: Metadata = {
  title: 'Runs',
  description: 'A load run at its permanent address, or several laid over each other.',
}

export default function Page() {
  return (
    <div className="py-10">
      <Suspense fallback={<p className="sheet band min-h-96 text-ink-2">Reading the address…</p>}>
        <RunsPage />
      </Suspense>
    </div>
  )
}
