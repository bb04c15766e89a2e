import type { Report } from '@/lib/runs/report'
import { actualInWords, verdictInWords, wordOf } from './threshold-words'

/** The verdict on the thresholds, across the whole panel: green if all held, red if one failed, and in words. */
export function ThresholdVerdict({ thresholds }: { thresholds: Report['thresholds'] }) {
  if (thresholds.length === 0) return null
  const passed = thresholds.every((each) => each.passed)
  const judged = thresholds.every((each) => each.judged)
  const [border, text] = !judged
    ? ['border-l-ink-2!', '']
    : passed
      ? ['border-l-hit!', 'text-hit']
      : ['border-l-error!', 'text-error']
  return (
    <section
      className={`band border-l-8! bg-sunk ${border}`}
      aria-label="Thresholds of the run"
      data-testid="thresholds"
      data-passed={passed}
      data-judged={judged}
    >
      <p className={`text-xl font-bold ${text}`} role="status">
        {judged && <Mark passed={passed} />} <span>{verdictInWords(thresholds)}</span>
      </p>
      <ul className="mt-2 grid gap-y-1">
        {thresholds.map((each) => (
          <li key={each.threshold} className="flex flex-wrap items-baseline gap-x-3">
            <span
              className={`whitespace-nowrap ${each.judged ? (each.passed ? 'text-hit' : 'text-error') : 'text-ink-2'}`}
            >
              {each.judged && <Mark passed={each.passed} />} <span>{wordOf(each)}</span>
            </span>
            <code className="text-[14px]">{each.threshold}</code>
            <span className="num text-[13.5px] text-ink-2">
              it was <b className="text-ink">{actualInWords(each)}</b>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Mark = ({ passed }: { passed: boolean }) => (
  <span aria-hidden="true" className="font-bold">
    {passed ? '✓' : '✗'}
  </span>
)
