import type { Metadata } from 'next'
import Link from 'next/link'
import { OutcomeWord } from './parts/outcome'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <div className="py-20">
      <p className="num text-lg">
        <OutcomeWord outcome="miss" /> 404
      </p>
      <h1 className="mt-2 text-[44px] font-extrabold">There is no such page</h1>
      <p className="prose mt-4 max-w-[50ch]">No notebook has it, and the origin does not know it either.</p>
      <p className="mt-8 flex flex-wrap gap-3">
        <Link className="button" href="/lessons">
          All lessons
        </Link>
        <Link className="button-quiet h-11" href="/">
          Home
        </Link>
      </p>
    </div>
  )
}
