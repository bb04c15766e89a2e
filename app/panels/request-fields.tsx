'use client'

import { TARGETS, type Target } from '@/app/lab/targets'
import { Segments, TextField } from '@/app/parts/controls'
import type { CatalogResource } from './setup'
import type { SetupControl } from './setup-form'

/** Who is asked, where there is a choice. */
export function TargetField({
  targets,
  setup,
  onSetup,
}: Pick<SetupControl, 'setup' | 'onSetup'> & { targets: readonly Target[] }) {
  if (targets.length < 2 && targets[0] === setup.to) return null
  const offered = TARGETS.filter(({ id }) => targets.includes(id) || id === setup.to)
  return (
    <Segments
      name="Ask"
      choices={offered.map(({ id, label, about }) => ({ id, label, title: about }))}
      value={setup.to}
      onChange={(id) =>
        onSetup((before) => ({ ...before, to: TARGETS.find((target) => target.id === id)?.id ?? 'app' }))
      }
    />
  )
}

/** Header fields of the request, of those that the answer varies by. One that is empty is not sent. */
export function HeaderFields({
  resource,
  setup,
  onSetup,
}: Pick<SetupControl, 'setup' | 'onSetup'> & { resource: CatalogResource }) {
  return resource.headers.map(({ name, about, accepted, default: usual }) => (
    <TextField
      key={name}
      name={name}
      title={`${about}: ${accepted}`}
      placeholder={name === 'Accept-Language' ? 'as your browser sends it' : usual || 'not sent'}
      value={setup.headers[name] ?? ''}
      onChange={(text) => onSetup((before) => ({ ...before, headers: { ...before.headers, [name]: text } }))}
    />
  ))
}

const VISITORS = [
  { id: 'new', label: 'a new visitor', title: 'One whose browser has nothing yet: this browser’s cache is left out' },
  { id: 'this', label: 'this browser', title: 'With this browser’s own HTTP cache before the shared one' },
] as const
export type Visitor = (typeof VISITORS)[number]['id']

/** Whose browser it is that asks a cache that many share. */
export function VisitorField({ visitor, onVisitor }: { visitor: Visitor; onVisitor: (visitor: Visitor) => void }) {
  return (
    <Segments
      name="As"
      choices={VISITORS}
      value={visitor}
      onChange={(id) => onVisitor(id === 'this' ? 'this' : 'new')}
    />
  )
}
