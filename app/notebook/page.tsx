import type { Metadata } from 'next'
import { NotebookPages } from './notebook-pages'
import { outline } from './outline'

export const metadata: Metadata = {
  title: 'Notebook',
  description:
    'Your predictions and what came of them, runs, conclusions, exercises and commands: yours to take along.',
}

export default function NotebookPage() {
  return (
    <div className="py-10">
      <h1 className="text-[44px] font-extrabold">Notebook</h1>
      <p className="prose no-print mt-3 max-w-[62ch]">
        What you predicted and what came of it, your runs, conclusions and exercises. There is no account: the notebook
        belongs to this browser.
      </p>
      <NotebookPages lessons={outline()} />
    </div>
  )
}
