import { ms } from '@/app/format'
import { Scroller } from '@/app/parts/scroller'
import { heldUp, type Kept, type Lane, type Moment, type Race, spanOf } from './race-story'

const LANES: readonly { id: Lane; name: string }[] = [
  { id: 'reader', name: 'Reader' },
  { id: 'writer', name: 'Writer' },
  { id: 'later', name: 'Later reader' },
]
const NAMES = Object.fromEntries(LANES.map(({ id, name }) => [id, name])) as Record<Lane, string>

/** The picture ends so much later than the last answer, as a part of it: what is kept then goes on. */
const AFTER = 0.12

/** A race on one scale of time: a lane for each request, and one for what was kept meanwhile. The table says the same. */
export function RaceTimeline({
  race,
  moments,
  kept,
}: {
  race: Race
  moments: readonly Moment[]
  kept: readonly Kept[]
}) {
  const spans = LANES.flatMap(({ id }) => {
    const request = race[id]
    return request ? [spanOf(race, request)] : []
  })
  if (spans.length === 0) return null
  const whole = Math.max(...spans.map(({ toMs }) => toMs)) * (1 + AFTER)
  const share = (atMs: number) => `${Math.min(Math.max(atMs / whole, 0), 1) * 100}%`
  const wait = heldUp(race)

  return (
    <figure>
      <figcaption className="mb-3 font-semibold">
        Who did what when{' '}
        <span className="num text-sm font-normal text-ink-2">
          {`${ms(whole / (1 + AFTER))} in all, by this page’s clock`}
        </span>
      </figcaption>
      <div className="grid gap-y-3" aria-hidden>
        {LANES.map(({ id, name }) => {
          const request = race[id]
          const span = request && spanOf(race, request)
          return (
            <Row key={id} name={name}>
              {span && <Bar className="bg-ink" from={share(span.fromMs)} to={share(span.toMs)} />}
              {id === 'reader' && wait && (
                <Bar className="hatched bg-panel" from={share(wait.fromMs)} to={share(wait.toMs)} />
              )}
              {moments.map((moment, i) =>
                moment.lane === id ? <Dot key={moment.say} at={share(moment.atMs)} number={i + 1} /> : null,
              )}
            </Row>
          )
        })}
        <Row name={`Kept by ${race.strategy}`}>
          <div className="absolute inset-x-0 top-1/2 border-t border-dashed border-line" />
          {kept.map(({ version, fromMs, toMs }) => (
            <div
              key={fromMs}
              className="num absolute inset-y-0 flex min-w-[2px] items-center overflow-hidden border-l-2 border-on-label bg-label text-xs font-bold text-on-label"
              style={{ left: share(fromMs), width: `calc(${share(toMs ?? whole)} - ${share(fromMs)})` }}
            >
              <span className="px-1">{`v${version}`}</span>
            </div>
          ))}
        </Row>
      </div>
      <p className="mt-2 text-[13px] text-ink-2">
        <span className="hatched mr-1.5 inline-block h-3 w-6 align-[-1px]" aria-hidden /> the wait that was added
        <span className="mr-1.5 ml-5 inline-block h-3 w-6 bg-label align-[-1px]" aria-hidden /> what is kept, with its
        version
      </p>
    </figure>
  )
}

const Row = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="grid items-center gap-x-4 sm:grid-cols-[9.5rem_minmax(0,1fr)]">
    <p className="text-[13.5px] leading-tight">{name}</p>
    <div className="relative h-7">{children}</div>
  </div>
)

const Bar = ({ className, from, to }: { className: string; from: string; to: string }) => (
  <div
    className={`absolute top-1/2 h-3 min-w-[3px] -translate-y-1/2 ${className}`}
    style={{ left: from, width: `calc(${to} - ${from})` }}
  />
)

const Dot = ({ at, number }: { at: string; number: number }) => (
  <span
    className="num absolute top-1/2 grid size-6 -translate-y-1/2 place-items-center border-2 border-ink bg-panel text-[13px] font-bold"
    style={{ left: `clamp(0px, ${at} - 12px, 100% - 24px)` }}
  >
    {number}
  </span>
)

/** The same in words, in the order in which it happened. */
export function RaceTable({ race, moments }: { race: Race; moments: readonly Moment[] }) {
  if (moments.length === 0) return null
  return (
    <Scroller name="What happened, in order" className="overflow-x-auto">
      <table className="w-full border-collapse text-left text-[14.5px]" data-testid="race-moments">
        <caption className="sr-only">{`What happened to ${race.key} with ${race.strategy}, in order`}</caption>
        <thead className="text-[13px] text-ink-2">
          <tr>
            <th className="py-1.5 pr-3 font-medium">#</th>
            <th className="py-1.5 pr-3 text-right font-medium">After</th>
            <th className="py-1.5 pr-3 font-medium">Who</th>
            <th className="py-1.5 font-medium">What</th>
          </tr>
        </thead>
        <tbody className="align-top">
          {moments.map(({ lane, atMs, say }, i) => (
            <tr key={say} className="border-t border-line">
              <th scope="row" className="num py-1.5 pr-3 font-bold">
                {i + 1}
              </th>
              <td className="num py-1.5 pr-3 text-right whitespace-nowrap">{ms(Math.max(atMs, 0))}</td>
              <td className="py-1.5 pr-3">{NAMES[lane]}</td>
              <td className="min-w-[8rem] py-1.5 [overflow-wrap:anywhere]">{say}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
