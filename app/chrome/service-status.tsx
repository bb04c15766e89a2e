'use client'

import { OutcomeMark } from '@/app/parts/outcome'
import { useHealth } from './use-health'

const SHOWN = ['postgres', 'redis'] as const

/** `postgres 18.4` as `postgres 18`: the major version is what people say. */
const shortName = (name: string) => name.replace(/^(\D*\d+)[.\d]*/, '$1')

/** The backing services, each with a dot and a word. */
export function ServiceStatus() {
  const { data, isError } = useHealth()
  return (
    <ul
      className="num flex flex-wrap items-center gap-x-5 gap-y-1 text-[13px] text-ink-2"
      aria-label="Backing services"
    >
      {SHOWN.map((id) => {
        const service = data?.services.find((each) => each.id === id)
        const state = isError ? 'not known' : !service ? 'asking' : service.answers ? undefined : 'away'
        return (
          <li key={id} className="flex items-center gap-2" title={service && `${service.name}, ${service.kind}`}>
            {state === 'away' ? (
              <OutcomeMark outcome="error" size={10} />
            ) : (
              <span className={`size-[7px] rounded-full ${state ? 'border border-ink-2' : 'bg-hit'}`} aria-hidden />
            )}
            <span className={state === 'away' ? 'text-error' : ''}>
              <span>{service?.kind === 'emulated' ? `${id}, emulated` : service ? shortName(service.name) : id}</span>
              {state ? <span>{` ${state}`}</span> : <span className="sr-only"> answers</span>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
