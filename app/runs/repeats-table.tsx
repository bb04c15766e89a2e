import { plural } from '@/app/format'
import { Scroller } from '@/app/parts/scroller'
import { REPEATS_MIN, verdictInWords } from '@/lib/runs/compare'
import { type GroupComparison, intervalInWords, ratioInWords } from './repeats'

/** The difference of two groups of repeats, with how sure it is. */
export function RepeatsTable({ a, b, turns, repeats, figures }: GroupComparison) {
  const [ofA, ofB] = repeats
  const few = Math.min(ofA, ofB) < REPEATS_MIN
  return (
    <div>
      <Scroller name={`${b} beside ${a}`} className="overflow-x-auto">
        <table className="figures">
          <caption className="mb-1 text-left text-lg font-bold">
            {b} beside {a}
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">Figure</span>
              </th>
              <th scope="col">
                {b} / {a}
              </th>
              <th scope="col">95 % interval</th>
              <th scope="col">{b} is</th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ name, words, comparison }) => (
              <tr key={name} data-verdict={comparison.verdict}>
                <th scope="row">{name}</th>
                <td>{ratioInWords(comparison)}</td>
                <td>{intervalInWords(comparison)}</td>
                <td
                  className={
                    comparison.verdict === 'less' || comparison.verdict === 'more' ? 'font-semibold' : 'text-ink-2'
                  }
                >
                  {verdictInWords(comparison, words)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      <p className="mt-2 max-w-[80ch] text-[13.5px] text-ink-2">
        {plural(ofA, 'repeat')} of {a}, {ofB} of {b}.{' '}
        {few
          ? `No interval can be given of fewer than ${REPEATS_MIN} on each side: run both again.`
          : turns
            ? 'They took turns, so that they are compared pair by pair: the geometric mean of the ratios, with Student’s t of their logarithms.'
            : 'The ratio of their geometric means, with Welch’s interval of the logarithms. In turns, A B A B, what disturbs both would count less.'}{' '}
        Where the interval holds 1, they cannot be told apart.
      </p>
    </div>
  )
}
