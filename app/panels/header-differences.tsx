import { count } from '@/app/format'
import { Scroller } from '@/app/parts/scroller'
import { headerNote } from './header-notes'
import type { HeaderLine } from './sampled'

const CHANGE: Record<HeaderLine['change'], { mark: string; className: string }> = {
  added: { mark: '+', className: 'font-semibold' },
  removed: { mark: '−', className: 'font-semibold' },
  changed: { mark: '≠', className: 'font-semibold' },
  same: { mark: '', className: '' },
}

/** The headers of an answer, line by line beside those of the one before it of the same key. */
export function HeaderDifferences({
  lines,
  n,
  earlier,
  answered,
}: {
  lines: readonly HeaderLine[]
  n: number
  /** The number of the one before it of the same key; undefined where this is the first. */
  earlier?: number
  answered: boolean
}) {
  if (!answered) return <p className="text-ink-2">There was no answer, and so there are no headers.</p>
  return (
    <Scroller name="Headers of its answer" className="relative min-w-0 overflow-x-auto">
      <table className="w-full min-w-[600px] border-collapse text-left text-[13px]">
        <caption className="mb-2 text-left text-base">
          <span className="font-semibold">Headers of its answer</span>{' '}
          <span className="text-sm text-ink-2">
            {earlier === undefined
              ? 'the first of its key here'
              : `beside those of #${count(earlier)}, the one before it of the same key here`}
          </span>
        </caption>
        <thead className="text-ink-2">
          <tr>
            <th scope="col" className="w-8 py-1 font-normal">
              <span className="sr-only">Difference</span>
            </th>
            <th scope="col" className="w-[11rem] py-1 pr-4 font-normal">
              Header
            </th>
            {earlier !== undefined && (
              <th scope="col" className="w-[38%] py-1 pr-4 font-normal">
                {`#${count(earlier)}`}
              </th>
            )}
            <th scope="col" className="py-1 font-normal">
              {`#${count(n)}`}
            </th>
          </tr>
        </thead>
        <tbody className="num align-top">
          {lines.map(({ name, before, now, change }) => {
            const { mark, className } = CHANGE[change]
            return (
              <tr
                key={name}
                className={`border-t border-line ${change === 'same' ? '' : 'bg-sunk'}`}
                data-change={change}
              >
                <td className={`py-1 text-center ${className}`}>
                  <span aria-hidden>{mark}</span>
                  <span className="sr-only">{change}</span>
                </td>
                <th scope="row" className="py-1 pr-4 font-semibold">
                  {headerNote(name)?.name ?? name.replace(/^\w/, (first) => first.toUpperCase())}
                </th>
                {earlier !== undefined && (
                  <td className="py-1 pr-4 text-ink-2 [overflow-wrap:anywhere]">{before ?? '–'}</td>
                )}
                <td className={`py-1 [overflow-wrap:anywhere] ${className}`}>{now ?? '–'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scroller>
  )
}
