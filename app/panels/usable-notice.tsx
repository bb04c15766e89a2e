import { OutcomeMark } from '@/app/parts/outcome'
import type { Report } from '@/lib/runs/report'

/** Said loudly where the load generator could not keep up: the figures tell of it, and not of the server. */
export function UsableNotice({ report: { generator, config } }: { report: Report }) {
  if (generator.usable) return null
  return (
    <div role="alert" className="band border-4! border-error! bg-sunk" data-testid="not-usable">
      <p className="text-xl font-bold text-error">
        <OutcomeMark outcome="error" size={16} /> These figures are not to be used
      </p>
      <p className="mt-1">
        {generator.why}{' '}
        {config.mode === 'open'
          ? 'Ask at a lower rate, or while the machine is less busy.'
          : 'Ask with fewer connections, or for something slower.'}
      </p>
    </div>
  )
}
