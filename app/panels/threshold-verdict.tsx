import type { Report } from '@/lib/runs/report'
import { actualInWords, verdictInWords } from './threshold-words'

/** What became of the thresholds, across the whole panel: green where all held, red where one did not, and in words. */
export function ThresholdVerdict({ thresholds }: { thresholds: Report['thresholds'] }) {
  if (thresholds.length === 0) return null
  const passed = thresholds.every((each) => each.passed)
  return (
    <section
      className={`band border-l-8! bg-sunk ${passed ? 'border-l-hit!' : 'border-l-error!'}`}
      aria-label="Thresholds of the run"
      data-testid="thresholds"
      data-passed={passed}
    >
      <p className={`text-xl font-bold ${passed ? 'text-hit' : 'text-error'}`} role="status">
        <Mark passed={passed} /> {verdictInWords(thresholds)}
      </p>
      <ul className="mt-2 grid gap-y-1">
        {thresholds.map((each) => (
          <li key={each.threshold} className="flex flex-wrap items-baseline gap-x-3">
            <span className={`whitespace-nowrap ${each.passed ? 'text-hit' : 'text-error'}`}>
              <Mark passed={each.passed} /> {each.passed ? 'held' : 'failed'}
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
