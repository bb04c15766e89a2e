import { count, ms, percent } from '@/app/format'
import { Scroller } from '@/app/parts/scroller'
import type { SweepRow } from './sweep'

/** The figures of a sweep, a line a TTL: what the charts draw, in numbers. */
export function SweepTable({ id, rows }: { id: string; rows: readonly SweepRow[] }) {
  return (
    <Scroller name="What the sweep measured" className="overflow-x-auto">
      <table id={id} className="figures">
        <caption className="mb-1 text-left font-semibold">Measured, beside the theory</caption>
        <thead>
          <tr>
            <th scope="col">TTL</th>
            <th scope="col">hit rate</th>
            <th scope="col">theory</th>
            <th scope="col">mean age</th>
            <th scope="col">theory</th>
            <th scope="col">oldest</th>
            <th scope="col" title="to the origin, counted by the server">
              calls
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ ttl, hitRate, theory, ageMs, theoryAgeMs, originCalls, requests }) => (
            <tr key={ttl}>
              <th scope="row" className="num">
                {ttl} s
              </th>
              <td className="font-semibold">{percent(hitRate)}</td>
              <td className="text-ink-2">{percent(theory)}</td>
              <td className="font-semibold">{ageMs ? ms(ageMs.mean) : 'not told'}</td>
              <td className="text-ink-2">{ms(theoryAgeMs)}</td>
              <td>{ageMs ? ms(ageMs.max) : 'not told'}</td>
              <td title={`of ${count(requests)} requests`}>{count(originCalls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
