import type { Calibration } from '@/app/experiment/calibration'
import { percent, plural } from '@/app/format'
import { plusMinus } from './calibration-line'

/** How well the reader predicts: how far numbers are off, how many choices are right, and whether it gets better. */
export function CalibrationSummary({ numbers, choices }: Calibration) {
  if (numbers.count + choices.count === 0) return null
  const { early, late } = numbers
  return (
    <section className="mt-8 border-y-2 border-ink py-5" aria-labelledby="calibration">
      <h2 id="calibration" className="text-2xl">
        How well you predict
      </h2>
      <dl className="mt-4 flex flex-wrap gap-x-14 gap-y-5" data-testid="calibration">
        {numbers.count > 0 && (
          <Figure
            name={`Off by, the median of ${plural(numbers.count, 'number')}`}
            value={plusMinus(numbers.medianOff)}
          >
            {early !== undefined && late !== undefined
              ? `${plusMinus(early)} in the first half, ${plusMinus(late)} in the second${trend(early, late)}`
              : 'Four measured predictions will show whether it gets better.'}
          </Figure>
        )}
        {choices.count > 0 && (
          <Figure name={`Right, of ${plural(choices.count, 'choice')}`} value={percent(choices.right / choices.count)}>
            {`${choices.right} right, ${choices.count - choices.right} not`}
          </Figure>
        )}
      </dl>
      <p className="mt-4 max-w-[70ch] text-sm text-ink-2">
        A share is off by its percentage points. Any other number is off by the difference, as a share of the larger of
        the two: half as much and twice as much are equally far off.
      </p>
    </section>
  )
}

const trend = (early: number, late: number) =>
  Math.round(early * 100) === Math.round(late * 100)
    ? ': no change.'
    : late < early
      ? ': you get better.'
      : ': the later ones were harder, or bolder.'

function Figure({ name, value, children }: { name: string; value: string; children: React.ReactNode }) {
  return (
    <div className="max-w-[38ch]">
      <dt className="field-name">{name}</dt>
      <dd>
        <span className="block text-[34px] leading-tight font-bold tracking-[-0.03em]">{value}</span>
        <span className="text-[14.5px] text-ink-2">{children}</span>
      </dd>
    </div>
  )
}
