'use client'

import { useEffect, useRef } from 'react'
import { CopyButton } from '@/app/parts/copy-button'
import type { ItemOf } from '@/lib/notebook/items'

/** Recorded commands, each to be copied or deleted. */
export function CommandList({
  commands,
  onDelete,
}: {
  commands: readonly ItemOf<'command'>[]
  onDelete: (command: ItemOf<'command'>) => void
}) {
  return (
    <ul className="mt-2 grid gap-3">
      {commands.map((command) => (
        <li key={command.id} className="flex flex-wrap items-start gap-x-3 gap-y-2">
          <code className="min-w-0 flex-1 basis-64 pt-1.5 text-[13.5px] leading-relaxed [overflow-wrap:anywhere] whitespace-pre-wrap">
            {command.text}
          </code>
          <span className="no-print flex gap-2">
            <CopyButton text={command.text} />
            <button
              type="button"
              className="button-quiet"
              aria-label={`Delete ${shortened(command.text)}`}
              onClick={() => onDelete(command)}
            >
              Delete
            </button>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Says what was deleted, and brings it back. The focus, which would be lost with the button pressed, comes here. */
export function UndoLine({ deleted, onUndo }: { deleted: ItemOf<'command'>; onUndo: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (deleted) button.current?.focus({ preventScroll: true })
  }, [deleted])
  return (
    <div
      role="status"
      className="no-print sticky bottom-4 z-10 mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 border-2 border-ink bg-panel px-5 py-3"
    >
      <span className="min-w-0 flex-1">
        Deleted <code className="text-[13.5px] [overflow-wrap:anywhere]">{shortened(deleted.text)}</code>
      </span>
      <button ref={button} type="button" className="button-quiet" onClick={onUndo}>
        Undo
      </button>
    </div>
  )
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text)
