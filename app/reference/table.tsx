import type { ReactNode } from 'react'
import { Scroller } from '../parts/scroller'

/** A listing with a head, that scrolls by itself where it is too wide. */
export function Table({ name, head, children }: { name: string; head: readonly string[]; children: ReactNode }) {
  return (
    <Scroller name={`Table: ${name}`} className="overflow-x-auto">
      <table className="listing">
        <thead>
          <tr>
            {head.map((each) => (
              <th key={each} scope="col">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scroller>
  )
}
