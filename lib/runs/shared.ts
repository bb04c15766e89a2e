import type { Report, RunState } from './report'

/** The name of a lab that a page was given: 128 random bits. Whoever knows it may read and change what is in the lab. */
const CAPABILITY = /^[0-9a-f]{32}$/

/**
 * What anybody who has a run's address may see of it. The address can be passed on, the lab cannot: where the run is of a
 * lab with a random name, and who asks is in another, the name is left out. Names that people made up are no secret.
 * @param asker the lab of the request.
 */
export function sharedState(state: RunState, asker: string): RunState {
  return { ...state, lab: sharedLab(state.lab, asker), report: sharedReport(state.report, asker) }
}

/** The same of a report alone. */
export const sharedReport = (report: Report, asker: string): Report => ({
  ...report,
  config: { ...report.config, lab: sharedLab(report.config.lab, asker) },
})

const sharedLab = (lab: string, asker: string): string => (lab !== asker && CAPABILITY.test(lab) ? '' : lab)
