import type { Report } from '@/lib/runs/report'
import { report } from '@/lib/testing/evidence'

/** A report as a test needs it. */
export function testRun(over: Partial<Report> = {}, config: Partial<Report['config']> = {}): Report {
  const evidence = report(over, config)
  if (evidence.kind !== 'report') throw new Error('the evidence is a report')
  return evidence.report
}
