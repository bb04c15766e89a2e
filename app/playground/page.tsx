import type { Metadata } from 'next'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { Suspense } from 'react'
import { Playground } from '../panels/lazy'

export const metadata: Metadata = {
  title: 'Playground',
  description: 'Every resource with every strategy: send a request, run a load, and keep the set-up as a link.',
}

export default function PlaygroundPage() {
  return (
    <div className="py-10">
      <h1 className="text-[44px] font-extrabold">Playground</h1>
      <p className="prose mt-3 max-w-[60ch]">
        Every resource with every strategy. The address of this page always holds the set-up: copy it, and others start
        where you are.
      </p>
      <Suspense fallback={<p className="sheet band mt-8 min-h-96 text-ink-2">Reading the set-up from the address…</p>}>
        <NuqsAdapter>
          <Playground />
        </NuqsAdapter>
      </Suspense>
    </div>
  )
}
