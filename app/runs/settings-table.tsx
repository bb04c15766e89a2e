import { Scroller } from '@/app/parts/scroller'
import type { Report } from '@/lib/runs/report'
import { circumstancesOf, conditionsOf } from './conditions'
import { machineInWords } from './html-report'

/** What a run was told, on what, and with which versions: all that it takes to make it again. */
export function SettingsTables({ report }: { report: Report }) {
  const made = [
    ...circumstancesOf(report),
    { name: 'Machine', words: machineInWords(report.machine) },
    ...Object.entries(report.versions).map(([name, words]) => ({ name, words })),
  ]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 lg:grid-cols-2">
      <Settings title="Config" lines={conditionsOf(report.config)} />
      <Settings title="Time, machine, and versions" lines={made} />
    </div>
  )
}

function Settings({ title, lines }: { title: string; lines: readonly { name: string; words: string }[] }) {
  return (
    <Scroller name={title} className="overflow-x-auto">
      <table className="figures">
        <caption className="mb-1 text-left text-lg font-bold">{title}</caption>
        <tbody>
          {lines.map(({ name, words }) => (
            <tr key={name}>
              <th scope="row" className="align-top">
                {name}
              </th>
              <td className="whitespace-normal! [overflow-wrap:anywhere]">{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
