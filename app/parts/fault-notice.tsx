import Link from 'next/link'
import type { Fault } from '@/app/lab/problem'
import { OutcomeMark } from './outcome'
import { Ticked } from './ticked'

/** What went wrong, its code, and what to do. */
export function FaultNotice({ fault, children }: { fault: Fault; children?: React.ReactNode }) {
  const { title, code, detail, fix, parameter, given, accepted, retryAfter } = fault
  return (
    <div role="alert" className="border-l-4 border-error bg-sunk px-4 py-3">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
        <OutcomeMark outcome="error" />
        <span>{title}</span>
        {code !== 'no-answer' && code !== 'unreadable' && (
          <Link className="num text-[13px] font-normal" href={`/reference#${code}`}>
            {code}
          </Link>
        )}
      </p>
      {detail && <p className="mt-1">{detail}</p>}
      {parameter && (
        <p className="mt-1 text-sm text-ink-2">
          <code>{parameter}</code>
          {given === undefined ? (
            <span>{' is at fault'}</span>
          ) : (
            <span>
              {' '}
              was <code className="[overflow-wrap:anywhere]">{given === '' ? 'empty' : given}</code>
            </span>
          )}
          <span>{accepted && !detail?.includes(accepted) ? `; it takes ${accepted}.` : '.'}</span>
        </p>
      )}
      <p className="mt-1 text-sm text-ink-2">
        <Ticked text={fix} />
        {retryAfter !== undefined && <span>{` The server asks to wait ${retryAfter} s.`}</span>}
      </p>
      {children}
    </div>
  )
}
