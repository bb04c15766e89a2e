import { type Check, defineCheck } from './check'

/** All of the checks, each in its own time: passed when all have passed, failed as soon as one has. */
export function allOf(...checks: readonly Check[]): Check {
  return defineCheck<readonly unknown[]>({
    initial: checks.map(({ initial }) => initial),
    reduce(states, evidence) {
      const next = checks.map((check, i) => check.reduce(states[i], evidence))
      // The same array where nothing changed: who follows a lab under load asks for a verdict only when it has.
      return next.every((state, i) => state === states[i]) ? states : next
    },
    verdict(states) {
      const verdicts = checks.map((check, i) => check.verdict(states[i]))
      const failed = verdicts.find(({ status }) => status === 'failed')
      const passed = verdicts.every(({ status }) => status === 'passed')
      return {
        status: failed ? 'failed' : passed ? 'passed' : 'open',
        goals: verdicts.flatMap(({ goals }) => goals),
        broken: failed?.broken,
      }
    },
  })
}
