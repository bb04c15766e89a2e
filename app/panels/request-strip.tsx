import { useMemo } from 'react'
import { OUTCOME_COLOR } from '@/app/parts/outcome'
import type { Sample } from '@/lib/runs/samples'
import { answeringWorker } from './sampled'
import { WorkerMark, workerColor } from './worker-mark'

const HEIGHT = 44

/** All requests at a glance: a bar each, as high as its round trip took long, in the colour of its outcome, over its process. */
export function RequestStrip({
  requests,
  workers,
  at,
  onAt,
}: {
  requests: readonly Sample[]
  workers: readonly string[]
  at: number
  onAt: (at: number) => void
}) {
  const bars = useMemo(() => {
    const logs = requests.map(({ serviceMs }) => Math.log10(Math.max(serviceMs, 0.001)))
    const [least, most] = [Math.min(...logs), Math.max(...logs)]
    return requests.map((sample, place) => {
      const height = 6 + (((logs[place] ?? least) - least) / (most - least || 1)) * (HEIGHT - 8)
      const worker = workers.indexOf(answeringWorker(sample) ?? '')
      return (
        <g key={sample.n}>
          <rect x={place + 0.1} y={HEIGHT - height} width={0.8} height={height} fill={OUTCOME_COLOR[sample.outcome]} />
          {worker >= 0 && <rect x={place} y={HEIGHT + 2} width={1} height={6} fill={workerColor(worker)} />}
        </g>
      )
    })
  }, [requests, workers])

  return (
    <div>
      <svg
        viewBox={`0 0 ${requests.length} ${HEIGHT + 8}`}
        preserveAspectRatio="none"
        className="block h-[64px] w-full cursor-pointer"
        aria-hidden="true"
        onClick={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect()
          const place = Math.floor(((event.clientX - left) / width) * requests.length)
          onAt(Math.min(Math.max(place, 0), requests.length - 1))
        }}
      >
        <rect x={at - 0.35} y={0} width={1.7} height={HEIGHT + 8} fill="var(--blue)" opacity="0.35" />
        {bars}
      </svg>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-[12.5px] text-ink-2">
        <span>The higher, the slower, on a logarithmic scale; below it, the process that answered:</span>
        {workers.map((worker, n) => (
          <span key={worker} className="num inline-flex items-center gap-1.5">
            <WorkerMark n={n} size={15} /> <span>{worker}</span>
          </span>
        ))}
      </p>
    </div>
  )
}
