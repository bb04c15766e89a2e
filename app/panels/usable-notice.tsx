import { OutcomeMark } from '@/app/parts/outcome'
import type { Report } from '@/lib/runs/report'

/** Says loudly that metrics are unusable, and why. Nothing if they are fine. */
export function UsableNotice({
  report: { usable },
  onAgain,
  blocked,
}: {
  report: Pick<Report, 'usable'>
  /** Repeats the run, where that is possible. */
  onAgain?: () => void
  /** Another run is under way. */
  blocked?: boolean
}) {
  if (usable.ok) return null
  return (
    <div role="alert" className="band border-4! border-error! bg-sunk" data-testid="not-usable">
      <p className="text-xl font-bold text-error">
        <OutcomeMark outcome="error" size={16} /> Don’t use these metrics
      </p>
      {usable.reasons.map(({ code, words }) => (
        <p key={code} className="mt-1">
          {words}
        </p>
      ))}
      {onAgain && (
        <button type="button" className="button-quiet no-print mt-3" disabled={blocked} onClick={onAgain}>
          Run it again
        </button>
      )}
    </div>
  )
}
