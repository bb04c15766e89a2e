'use client'

import type { Fault } from '@/app/lab/problem'
import { LinesField } from '@/app/parts/lines-field'
import { FieldFault, isAt } from './field-fault'

/** What the report has to hold, a line each. */
export function ThresholdsField({
  value,
  onChange,
  fault,
}: {
  value: string
  onChange: (text: string) => void
  fault?: Fault
}) {
  return (
    <LinesField
      name="Thresholds, one a line"
      value={value}
      onChange={onChange}
      rows={Math.min(Math.max(value.split('\n').length, 2), 8)}
      maxLength={2_000}
      placeholder={'p95 < 50 ms\nhitRate > 90 %'}
      wrong={isAt(fault, 'thresholds')}
    >
      {isAt(fault, 'thresholds') ? (
        <FieldFault fault={fault} field="thresholds" />
      ) : (
        <p>
          They turn the report green or red: <code>p95 &lt; 50 ms</code>, <code>hitRate &gt; 90 %</code>,{' '}
          <code>errors = 0</code>
        </p>
      )}
    </LinesField>
  )
}
