import { headerNote } from './header-notes'
import type { Sent } from './send'

/** The answer's headers: those of the contract with a line on what each says, the others folded away. */
export function HeadersTable({ sent }: { sent: Sent }) {
  const known = sent.headers.filter(([name]) => headerNote(name))
  const others = sent.headers.filter(([name]) => !headerNote(name))
  return (
    <div>
      <h4 className="font-semibold">
        What the answer’s headers say{' '}
        <span className="num text-sm font-normal text-ink-2">{`HTTP ${sent.status}`}</span>
      </h4>
      {sent.by === 'browser' && (
        <p className="mt-1 text-sm text-ink-2">
          No server was asked: these are the headers of the stored answer, replayed by the browser.
        </p>
      )}
      <dl className="mt-2">
        {known.map(([name, value]) => {
          const note = headerNote(name)
          return (
            <div key={name} className="border-t border-line py-2">
              <dt className="num text-[13px] leading-relaxed [overflow-wrap:anywhere]">
                <b className="font-semibold">
                  <span>{note?.name}</span>:
                </b>{' '}
                <span>{value}</span>
              </dt>
              <dd className="text-sm text-ink-2">
                {sent.by === 'browser' && note?.ofExchange
                  ? 'Replayed: it tells of the request that filled the cache.'
                  : note?.says(value)}
              </dd>
            </div>
          )
        })}
      </dl>
      {others.length > 0 && (
        <details className="border-t border-line pt-2">
          <summary className="text-sm text-ink-2">{`${others.length} more headers`}</summary>
          <dl className="num mt-1 text-[13px]">
            {others.map(([name, value]) => (
              <div key={name} className="[overflow-wrap:anywhere]">
                <dt className="inline text-ink-2">{`${name}: `}</dt>
                <dd className="inline">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  )
}
