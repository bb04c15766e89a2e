import { isValidElement, type ReactNode } from 'react'
import { CopyButton } from '@/app/parts/copy-button'
import { Scroller } from '@/app/parts/scroller'
import { CodeLines } from './code-lines'
import { highlight } from './highlight'

/** A fenced block of a lesson. What really runs is shown by `Source`; this is for commands and answers. */
export async function CodeBlock({ children }: { children?: ReactNode }) {
  const props = isValidElement<{ className?: string; children?: ReactNode }>(children) ? children.props : {}
  const code = typeof props.children === 'string' ? props.children.replace(/\n$/, '') : ''
  const lines = await highlight(code, props.className?.replace('language-', '') ?? 'text')
  return (
    <div className="relative my-6 border border-line bg-sunk">
      <Scroller name="Code" className="overflow-x-auto py-4 pr-24">
        <pre>
          <CodeLines lines={lines} />
        </pre>
      </Scroller>
      <div className="absolute top-2 right-2">
        <CopyButton text={code} />
      </div>
    </div>
  )
}
