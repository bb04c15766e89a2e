import { pInWords } from '@/app/panels/ab-rows'
import { Scroller } from '@/app/parts/scroller'
import { verdictInWords } from '@/lib/runs/compare'
import { type GroupComparison, intervalInWords, methodInWords, ratioInWords } from './repeats'

/** The difference of two groups of repeats, with how sure it is. */
export function RepeatsTable(compared: GroupComparison) {
  const { a, b, figures } = compared
  return (
    <div>
      <Scroller name={`${b} beside ${a}`} className="overflow-x-auto">
        <table className="figures">
          <caption className="mb-1 text-left text-lg font-bold">{`${b} beside ${a}`}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">Figure</span>
              </th>
              <th scope="col">{`${b} / ${a}`}</th>
              <th scope="col">95% interval</th>
              <th scope="col">p</th>
              <th scope="col">{`${b} is`}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ name, words, comparison }) => (
              <tr key={name} data-verdict={comparison.verdict}>
                <th scope="row">{name}</th>
                <td>{ratioInWords(comparison)}</td>
                <td>{intervalInWords(comparison)}</td>
                <td>{pInWords(comparison.p)}</td>
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
      <p className="mt-2 max-w-[80ch] text-[13.5px] text-ink-2">{methodInWords(compared)}</p>
    </div>
  )
}
