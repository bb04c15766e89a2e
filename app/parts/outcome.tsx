import type { EventKind } from '@/lib/lab/kinds'
import { OUTCOMES, type Outcome } from '@/lib/reading'

/** Each outcome has its one colour and its one shape, everywhere: text, chart, flow and log. */
export const OUTCOME_COLOR: Record<Outcome, string> = {
  hit: 'var(--hit)',
  stale: 'var(--stale)',
  revalidated: 'var(--revalidated)',
  coalesced: 'var(--coalesced)',
  miss: 'var(--miss)',
  bypass: 'var(--bypass)',
  error: 'var(--error)',
}

const SHAPE: Record<Outcome, React.ReactNode> = {
  hit: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  miss: <circle cx="6" cy="6" r="3.9" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  stale: <path d="M6 1.2 11.2 10.6H.8z" fill="currentColor" />,
  revalidated: (
    <>
      <circle cx="6" cy="6" r="4.1" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M6 1.9a4.1 4.1 0 0 0 0 8.2z" fill="currentColor" />
    </>
  ),
  coalesced: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <circle cx="6" cy="6" r="1.8" fill="currentColor" />
    </>
  ),
  bypass: <path d="M6 1.4 10.6 6 6 10.6 1.4 6z" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  error: <path d="m2 2 8 8m0-8-8 8" fill="none" stroke="currentColor" strokeWidth="2.4" />,
}

export const isOutcome = (kind: EventKind | Outcome): kind is Outcome => (OUTCOMES as readonly string[]).includes(kind)

/** The shape alone: a word always stands beside it, be it one that only screen readers hear. */
export function OutcomeMark({ outcome, size = 12 }: { outcome: Outcome; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 12 12"
      className="inline-block shrink-0"
      style={{ color: OUTCOME_COLOR[outcome] }}
      aria-hidden="true"
    >
      {SHAPE[outcome]}
    </svg>
  )
}

/** Shape and word, in the outcome's colour. */
export function OutcomeWord({ outcome, size }: { outcome: Outcome; size?: number }) {
  return (
    <span
      className="whitespace-nowrap [&_svg]:mr-[0.5em] [&_svg]:align-[-0.06em]"
      style={{ color: OUTCOME_COLOR[outcome] }}
    >
      <OutcomeMark outcome={outcome} size={size} />
      <span>{outcome}</span>
    </span>
  )
}
