'use client'

import { count } from '@/app/format'
import { ITEMS } from '@/lib/notebook/limits'
import { useNotebook } from './notebook-provider'

/** Where the notebook is kept, and why not in both places where it is not. */
export function KeptLine() {
  const { items, kept, fault } = useNotebook()
  const written = Object.keys(items).length
  return (
    <p className="num no-print mt-4 text-[13px] text-ink-2" data-testid="kept" data-kept={kept}>
      <span role="status">
        {kept === 'everywhere'
          ? 'Kept in this browser and on the server.'
          : kept === 'saving'
            ? 'Comparing with the server…'
            : `Kept in this browser alone: ${fault ? fault.title.toLowerCase() : 'the server does not answer'}. It is tried again by itself.`}
      </span>{' '}
      <span>{count(written)}</span> of <span>{count(ITEMS)}</span> items.
      {kept === 'here' && fault?.code === 'notebook-full' && <span>{` ${fault.fix}`}</span>}
    </p>
  )
}
