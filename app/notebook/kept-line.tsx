'use client'

import { count } from '@/app/format'
import type { Fault } from '@/app/lab/problem'
import { ITEMS } from '@/lib/notebook/limits'
import { useNotebook } from './notebook-provider'
import type { NotebookState } from './store'

function whereKept(kept: NotebookState['kept'], fault: Fault | undefined): string {
  switch (kept) {
    case 'everywhere':
      return 'Kept in this browser and on the server.'
    case 'saving':
      return 'Comparing with the server…'
    case 'here':
      return `Kept in this browser alone: ${fault ? fault.title.toLowerCase() : 'the server does not answer'}. It is tried again by itself.`
    case 'server':
      return 'Saved on the server alone, because this browser doesn’t store site data.'
    case 'nowhere':
      return `Not saved: ${
        fault === undefined || fault.code === 'no-learner'
          ? 'this browser blocks site data. Allow cookies for this site and reload'
          : 'this browser doesn’t store site data, and the server doesn’t respond. Wait until it does'
      }, or export your notebook before you close this page.`
  }
}

/** Where the notebook is kept, and why not in both places where it is not. */
export function KeptLine() {
  const { items, kept, fault } = useNotebook()
  const written = Object.keys(items).length
  return (
    <p className="num no-print mt-4 text-[13px] text-ink-2" data-testid="kept" data-kept={kept}>
      <span role="status">{whereKept(kept, fault)}</span> <span>{count(written)}</span> of <span>{count(ITEMS)}</span>{' '}
      items.
      {kept === 'here' && fault?.code === 'notebook-full' && <span>{` ${fault.fix}`}</span>}
    </p>
  )
}
