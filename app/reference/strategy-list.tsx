import type { Catalog } from '@/lib/catalog'
import type { WritePolicy } from '@/lib/strategies/strategy'
import { Table } from './table'

const POLICY_DOES: Record<WritePolicy, string> = {
  'nothing kept': 'the server has nothing to forget; what HTTP caches keep, it cannot reach.',
  'ttl only': 'the entry stays until its date.',
  'delete on write': 'the entry goes; a reader that read the old row before may store it after.',
  'write through':
    'the new row is stored for the ttl= of the PATCH, where cache= names the strategy; else, and where the new value is not known, the entry goes.',
  'version check': 'the entry goes, and for a minute what is older than the row that was written is not stored.',
}
/** Every strategy, and what a write does to what it keeps. */
export function StrategyList({ strategies }: Pick<Catalog, 'strategies'>) {
  return (
    <>
      <p className="max-w-[70ch]">
        A <code>PATCH</code> tells every strategy of what it touches; what each does then is part of it:
      </p>
      <dl className="max-w-[78ch]">
        {Object.entries(POLICY_DOES).map(([name, does]) => (
          <div key={name} className="mt-1 gap-x-4 sm:flex">
            <dt className="w-36 shrink-0 font-semibold">{name}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Table
        name="Strategies"
        head={['cache=', 'What it does', 'Keeps answers in', 'By ttl', 'On a write', 'Its code']}
      >
        {strategies.map(({ id, title, summary, tiers, expires, writes, file }) => (
          <tr key={id} id={`strategy-${id}`}>
            <th scope="row" className="num">
              {id}
            </th>
            <td>
              <b className="font-semibold">{title}.</b> {summary}
            </td>
            <td className="num">{tiers.length === 0 ? 'nothing' : tiers.join(', ')}</td>
            <td>{expires ? 'yes' : 'no'}</td>
            <td>{writes}</td>
            <td className="num">{file}</td>
          </tr>
        ))}
      </Table>
    </>
  )
}
