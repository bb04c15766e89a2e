import type { Fault } from '@/app/lab/problem'
import { OutcomeMark } from '@/app/parts/outcome'

/** Whether the server found fault with this field of a run config, or with a part of it. */
export const isAt = (fault: Fault | undefined, field: string): boolean =>
  fault?.parameter === field || (fault?.parameter?.startsWith(`${field}.`) ?? false)

/** What is wrong, at the field itself; nothing where the fault is elsewhere. */
export function FieldFault({ fault, field }: { fault?: Fault; field: string }) {
  if (!fault || !isAt(fault, field)) return null
  const { given, accepted } = fault
  return (
    <p className="text-sm text-error">
      <OutcomeMark outcome="error" />{' '}
      {given !== undefined && given !== '' && <code className="[overflow-wrap:anywhere]">{given}</code>}{' '}
      <span>{accepted ? `is not what it takes: ${accepted}.` : 'is at fault.'}</span>
    </p>
  )
}
