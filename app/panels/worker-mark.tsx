import { letterOf } from './sampled'

/** A process has a letter, one of four shapes and one of four colours: none of them has to be seen to tell it apart. */
const SHAPES = [
  <rect key="square" x="1" y="1" width="14" height="14" />,
  <circle key="circle" cx="8" cy="8" r="7.3" />,
  <path key="octagon" d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" />,
  <path key="diamond" d="M8-.6 16.6 8 8 16.6-.6 8z" />,
]
const COLORS = ['var(--run-1)', 'var(--run-2)', 'var(--run-3)', 'var(--run-4)']

/** The colour of the n-th process of a run. */
export const workerColor = (n: number): string => COLORS[n % COLORS.length] ?? 'var(--ink)'

/** The mark of the n-th process of a run. Its name stands beside it, be it for screen readers alone. */
export function WorkerMark({ n, size = 17 }: { n: number; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="-1 -1 18 18"
      className="inline-block shrink-0 align-[-0.2em]"
      style={{ color: workerColor(n) }}
      aria-hidden="true"
    >
      <g fill="currentColor">{SHAPES[n % SHAPES.length]}</g>
      <text x="8" y="12" textAnchor="middle" fontSize="10.5" fontWeight="700" fill="var(--panel)" className="num">
        {letterOf(n)}
      </text>
    </svg>
  )
}
