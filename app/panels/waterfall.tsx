import { ms } from '@/app/format'
import type { Stretch } from './timing'

const FILL: Record<Stretch['kind'], string> = {
  tier: 'bg-blue',
  origin: 'bg-ink',
  added: 'hatched',
  rest: 'bg-ink-2',
  network: 'border border-ink-2',
}

/** Where the time of one request went: a bar a stretch, on one scale. */
export function Waterfall({ stretches, roundTripMs }: { stretches: readonly Stretch[]; roundTripMs: number }) {
  const share = (value: number) => `${Math.min((value / roundTripMs) * 100, 100)}%`
  return (
    <table className="w-full self-start border-collapse text-left">
      <caption className="mb-2 text-left">
        <span className="font-semibold">Where the time went</span>{' '}
        <span className="num text-sm text-ink-2">{`${ms(roundTripMs)} in all`}</span>
      </caption>
      <thead className="sr-only">
        <tr>
          <th>Step</th>
          <th>Duration</th>
          <th>Share</th>
        </tr>
      </thead>
      <tbody className="align-top">
        {stretches.map(({ name, kind, about, startMs, durMs }) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className="w-[36%] py-1.5 pr-3 text-[13.5px] font-normal">
              <span className="num font-semibold">{name}</span>
              <span className="block text-[12.5px] leading-tight text-ink-2">{about}</span>
            </th>
            <td className="num w-[92px] py-1.5 pr-4 text-right text-[13.5px]">{ms(durMs)}</td>
            <td className="py-2" aria-hidden>
              <div className="relative h-4">
                {kind === 'network' ? (
                  <>
                    <Bar className={FILL[kind]} left="0%" width={share(durMs / 2)} />
                    <Bar className={FILL[kind]} left={share(roundTripMs - durMs / 2)} width={share(durMs / 2)} />
                  </>
                ) : (
                  <Bar className={FILL[kind]} left={share(startMs)} width={share(durMs)} />
                )}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Bar = ({ className, left, width }: { className: string; left: string; width: string }) => (
  <div
    className={`absolute inset-y-0 min-w-[2px] ${className}`}
    style={{ left: `min(${left}, calc(100% - 2px))`, width }}
  />
)
