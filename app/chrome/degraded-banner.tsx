'use client'

import { useLabState } from '@/app/lab/lab-provider'
import { OutcomeMark } from '@/app/parts/outcome'
import type { Health } from '@/lib/health'
import { useHealth } from './use-health'

const AWAY: Record<Health['services'][number]['id'], { name: string; works: string }> = {
  redis: {
    name: 'Redis is away',
    works: 'The strategy redis answers all the same, but every request is a miss. The other strategies notice nothing.',
  },
  postgres: {
    name: 'Postgres is away',
    works:
      'Tasks that are still kept are answered, others are an error. slow-value, public/config and exchange work as ever.',
  },
  rates: {
    name: 'The rate provider is away',
    works: 'Rates that are still kept are answered, others are an error. All other resources work as ever.',
  },
}

/** Says what is away and what works all the same. Nothing is here while all is well. */
export function DegradedBanner() {
  const { data, isError } = useHealth()
  const offline = useLabState(({ connection }) => connection === 'offline')
  const away = data?.services.filter(({ answers }) => !answers) ?? []
  const lines =
    isError || offline
      ? [{ name: 'Hitrate does not answer', works: 'You can read on. Panels work again as soon as npm start runs.' }]
      : away.map(({ id }) => AWAY[id])
  return (
    <div role="status">
      {lines.length > 0 && (
        <div className="border-b border-ink bg-panel px-4 py-3 sm:px-8 lg:px-12">
          {lines.map(({ name, works }) => (
            <p key={name} className="flex items-baseline gap-2">
              <OutcomeMark outcome="error" />
              <span>
                <b className="font-semibold">{`${name}.`}</b> <span>{works}</span>
              </span>
            </p>
          ))}
        </div>
      )}
    </div>
  )
}
