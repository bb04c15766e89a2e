'use client'

import { CopyButton } from './copy-button'

/** A command for the terminal, to be copied. Long ones wrap: a command that is cut off can't be trusted. */
export function Command({ text, about }: { text: string; about: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="field-name">{about}</p>
        <code className="mt-1 block text-[13px] leading-relaxed [overflow-wrap:anywhere]">{text}</code>
      </div>
      <CopyButton text={text} />
    </div>
  )
}
