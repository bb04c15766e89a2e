import { bytes, count, plural } from '@/app/format'
import { Scroller } from '@/app/parts/scroller'
import type { Counted, Round } from './use-witnesses'
import { agreement } from './witness'

/** What each of the two says, side by side, and whether they agree. */
export function Sides({
  round,
  counted: { page, server },
  listening,
  live,
}: {
  round: Round
  counted: Counted
  listening: boolean
  live: boolean
}) {
  const verdict = !listening && server && agreement(page, server)
  const shown = (value: number | undefined) => (listening ? '…' : value === undefined ? 'not known' : count(value))
  return (
    <div className="band">
      <div className="grid gap-x-12 gap-y-6 sm:grid-cols-2">
        <Side
          title="The browser says"
          about="by Resource Timing, of this page’s own fetches"
          lines={[
            ['from its own cache', shown(page.fromCache)],
            ['confirmed by a 304', shown(page.revalidated)],
            ['over the network', shown(page.network)],
            ...(page.failed > 0 ? [['no answer', shown(page.failed)] as const] : []),
            ['bytes that came', listening ? '…' : bytes(page.bytes)],
          ]}
        />
        <Side
          title="The server says"
          about="by its log of this lab, meanwhile"
          lines={[
            ['requests heard', shown(server?.requests)],
            ['of these, answered with 304', shown(server?.revalidated)],
            ['origin calls', shown(server?.originCalls)],
          ]}
        />
      </div>
      <p className="mt-5 font-semibold" aria-live="polite" data-testid="agreement">
        {verdict ? (
          <span className={verdict.agree ? '' : 'text-error'}>{verdict.say}</span>
        ) : !round.answered ? (
          'Asking…'
        ) : listening ? (
          live ? (
            'Waiting until the server’s log is quiet…'
          ) : (
            <span className="text-stale">The server’s live stream is away. Its count follows when it is back.</span>
          )
        ) : (
          'The server was started anew meanwhile: what it had counted is gone. Count anew.'
        )}
      </p>
      <p className="mt-1 text-[12.5px] text-ink-2">
        <span>{`${plural(page.asked, 'request')} with`}</span> <code>{round.strategy}</code> since the count began.
        Bytes are those of Resource Timing, which reckons 300 for the headers of an answer, whatever they were.
      </p>
    </div>
  )
}

function Side({
  title,
  about,
  lines,
}: {
  title: string
  about: string
  lines: readonly (readonly [name: string, value: string])[]
}) {
  return (
    <table className="figures self-start">
      <caption className="mb-1 text-left">
        <b className="font-semibold">{title}</b> <span className="block text-[12.5px] text-ink-2">{about}</span>
      </caption>
      <tbody>
        {lines.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="font-semibold">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The counts of all strategies that were asked by, a line each. */
export function Compared({ counts }: { counts: Readonly<Record<string, Counted>> }) {
  return (
    <Scroller name="Counts by strategy" className="band overflow-x-auto">
      <table className="figures">
        <caption className="mb-1 text-left font-semibold">Beside each other</caption>
        <thead>
          <tr>
            <th scope="col">strategy</th>
            <th scope="col">asked</th>
            <th scope="col">browser’s cache</th>
            <th scope="col">304</th>
            <th scope="col">network</th>
            <th scope="col">bytes</th>
            <th scope="col">server heard</th>
            <th scope="col">origin calls</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(counts).map(([strategy, { page, server }]) => (
            <tr key={strategy}>
              <th scope="row" className="num">
                {strategy}
              </th>
              <td>{count(page.asked)}</td>
              <td>{count(page.fromCache)}</td>
              <td>{count(page.revalidated)}</td>
              <td>{count(page.network)}</td>
              <td>{bytes(page.bytes)}</td>
              <td>{server ? count(server.requests) : 'not known'}</td>
              <td>{server ? count(server.originCalls) : 'not known'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
