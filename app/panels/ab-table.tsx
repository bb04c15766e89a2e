import { plural } from '@/app/format'
import { OutcomeMark } from '@/app/parts/outcome'
import { Scroller } from '@/app/parts/scroller'
import { type Ab, endedTurns, leftOut, pairsOf, seedOf } from './ab'
import { AB_COLUMNS, ratioInWords, verdictsOf, written } from './ab-rows'

/** B beside A, pair by pair, and what all pairs together say. */
export function AbTable({
  ab,
  onAgain,
}: {
  ab: Ab
  /** Runs the pairs again that are left out; undefined while that isn't possible. */
  onAgain?: () => void
}) {
  const pairs = pairsOf(ab)
  const ended = endedTurns(ab)
  const failed = ended.filter((each) => each.failed !== undefined)
  const unusable = ended.filter((each) => each.figures?.usable === false)
  const verdicts = verdictsOf(pairs)
  const missing = leftOut(ab)
  const errors = pairs.reduce((sum, { A, B }) => sum + A.errors + B.errors, 0)
  const which =
    unusable.length === ended.length
      ? 'all runs'
      : unusable.map(({ side, pair }) => `${side} of pair ${pair}`).join(', ')
  return (
    <div className="min-w-0">
      {failed.length > 0 && (
        <div className="mb-3 border-l-4 border-error bg-sunk px-4 py-2" data-testid="ab-failed">
          {failed.map(({ run, side, pair, failed }) => (
            <p key={run}>
              <OutcomeMark outcome="error" /> <span>{side}</span> of pair <span>{pair}</span> failed:{' '}
              <span>{failed}</span>. The pair is left out.
            </p>
          ))}
        </div>
      )}
      {unusable.length > 0 && (
        <p className="mb-3 border-4 border-error bg-sunk px-4 py-2 font-semibold" role="alert">
          <OutcomeMark outcome="error" /> Unusable metrics: the load generator couldn’t keep up in <span>{which}</span>.{' '}
          <span>{unusable.length === 1 ? 'The pair is' : 'Their pairs are'}</span> left out.
        </p>
      )}
      {missing.length > 0 && onAgain && (
        <button
          type="button"
          className="button-quiet mb-3"
          onClick={onAgain}
        >{`Run ${plural(missing.length, 'pair')} again`}</button>
      )}
      <Scroller name="A/B, pair by pair" className="overflow-x-auto">
        <table className="figures">
          <caption className="mb-1 text-left font-semibold">B divided by A, pair by pair</caption>
          <thead>
            <tr>
              <th scope="col">Pair</th>
              {AB_COLUMNS.map(({ id, name }) => (
                <th key={id} scope="col" className="pl-5!">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ pair, first, A, B }) => (
              <tr key={pair}>
                <th scope="row" className="num">
                  <span>{pair}</span>
                  <span className="block text-[12px] font-normal text-ink-2">
                    {`${first} first, seed ${seedOf(ab, pair)}`}
                  </span>
                </th>
                {AB_COLUMNS.map((column) => (
                  <td key={column.id} className="pl-5!">
                    <b>{ratioInWords(column.of(A), column.of(B))}</b>
                    <span className="block text-[12px] text-ink-2">{`${written(column, A)} → ${written(column, B)}`}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="border-t-2 border-ink">
              <th scope="row">All</th>
              {verdicts.map(({ column, ratio }) => (
                <td key={column.id} className="pl-5! font-bold">
                  {ratio}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row" title="confidence interval of the ratio, by Student’s t of the pairs’ logarithms">
                95%
              </th>
              {verdicts.map(({ column, interval }) => (
                <td key={column.id} className="pl-5! text-ink-2">
                  {interval}
                </td>
              ))}
            </tr>
            <tr>
              <th
                scope="row"
                title="how often chance alone makes such a difference, corrected for all metrics here (Holm)"
              >
                p
              </th>
              {verdicts.map(({ column, p }) => (
                <td key={column.id} className="pl-5! text-ink-2">
                  {p}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">Verdict</th>
              {verdicts.map(({ column, verdict }) => (
                <td key={column.id} className="pl-5! font-sans! font-semibold whitespace-normal! min-w-24">
                  {verdict}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </Scroller>
      <p className="mt-3 max-w-[70ch] text-[12.5px] text-ink-2">
        The ratio of all pairs is their geometric mean, with the 95% confidence interval of Student’s t, from three
        pairs on. If the interval contains 1, A and B cannot be told apart: more pairs make it narrower. The more
        metrics you compare, the more often one differs by chance, so p and the verdict are corrected for all of them
        (Holm). Each interval is of its metric alone. Seed <span>{ab.seed}</span> drew which side runs first; each pair
        has its own keys.
        {errors > 0 && <span>{` ${plural(errors, 'request')} of these runs failed.`}</span>}
      </p>
    </div>
  )
}
