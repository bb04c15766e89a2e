import { differences } from '../runs/differences'
import type { Report } from '../runs/report'
import { type Check, defineCheck, type Verdict } from './check'

interface State {
  before?: Report
  after?: Report
  broken?: Verdict['broken']
}

/**
 * A run without a cache, and then one with: of the same resource under the same conditions, and with less of everything
 * that a cache should save. The last run without a cache is the “before”. Runs of a given time do not count, since none
 * of them can be over sooner.
 */
export function beforeAndAfter(): Check {
  return defineCheck<State>({
    initial: {},
    reduce(state, evidence) {
      if (evidence.kind !== 'report' || state.after || state.broken) return state
      const { report } = evidence
      if (report.config.requests === undefined) return state
      if (report.config.strategy === 'none') return { before: report }
      const { before } = state
      if (!before || before.config.resource !== report.config.resource) return state
      const broken = fault(before, report)
      return broken ? { before, broken: { ...broken, run: report.run } } : { before, after: report }
    },
    verdict({ before, after, broken }) {
      const goals = [
        { say: 'Before: a run without a cache', expects: 'a run with `none`', seen: before && toldOf(before) },
        {
          say: 'After: the same run with a cache, and nothing else changed',
          expects: 'a run of the same resource under the same conditions, with another strategy',
          seen: after && toldOf(after),
        },
        {
          say: 'The whole time, the mean and the calls to the origin went down together',
          expects: 'less of all three',
          seen: before && after && fewer(before, after),
        },
      ]
      const first = goals.findIndex(({ seen }) => seen === undefined)
      const mark = broken ? ('broken' as const) : ('next' as const)
      return {
        status: broken ? 'failed' : after ? 'passed' : 'open',
        goals: goals.map(({ say, expects, seen }, i) =>
          seen === undefined
            ? { say, done: false, expects, ...(i === first ? { mark } : {}) }
            : { say, done: true, seen },
        ),
        broken,
      }
    },
  })
}

/** What two runs may not be compared for, or what did not go down. */
function fault(before: Report, after: Report): Verdict['broken'] {
  const differ = differences(before.config, after.config)
  const name = `The run with ${after.config.strategy}`
  if (differ.length > 0) {
    return {
      expected: `the conditions of the run before: ${toldOf(before)}`,
      found: `${name} differed in more than its strategy: ${differ.join(', ')}`,
    }
  }
  if (after.errors > before.errors) {
    return { expected: 'no more errors than before', found: `${name} had ${plural(after.errors, 'error')}` }
  }
  const risen = FIGURES.find(({ of }) => of(after) >= of(before))
  return (
    risen && {
      expected: `less of the ${risen.name} than ${risen.write(risen.of(before))}`,
      found: `${name} had ${risen.write(risen.of(after))}`,
    }
  )
}

const ms = (value: number) => `${value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en-US')} ms`

const FIGURES: readonly { name: string; of: (report: Report) => number; write: (value: number) => string }[] = [
  { name: 'whole time', of: ({ durationMs }) => durationMs, write: ms },
  { name: 'mean round trip', of: ({ latencyMs }) => latencyMs.mean, write: ms },
  { name: 'calls to the origin', of: ({ originCalls }) => originCalls, write: (value) => plural(value, 'call') },
]

/** `whole time 1,262 ms → 262 ms, …`. */
const fewer = (before: Report, after: Report) =>
  FIGURES.map(({ name, of, write }) => `${name} ${write(of(before))} → ${write(of(after))}`).join(', ')

/** Which run it was: `30 requests over 5 connections for slow-value with none`. */
const toldOf = ({ config }: Report) =>
  `${plural(config.requests ?? 0, 'request')} over ${plural(config.connections, 'connection')} for ${config.resource} with ${config.strategy}`

const plural = (count: number, one: string) => `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`
