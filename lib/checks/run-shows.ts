import type { RunConfig } from '../runs/config'
import type { Report } from '../runs/report'
import { type Check, defineCheck, type Verdict } from './check'

/** A figure that a run has to show. */
export interface RunFigure {
  /** The goal: `A hit rate over 90 %`. */
  say: string
  /** What was expected: `over 90 %`. */
  expects: string
  is(report: Report): boolean
  /** What the run showed instead, or what fulfilled it: `a hit rate of 87.5 %`. */
  found(report: Report): string
}

interface State {
  shown?: Report
  missed?: RunFigure
  broken?: Verdict['broken']
}

/** A run that fits `which` and shows all that it has to. One that fits and does not show it fails; others don't count. */
export function runShows({
  say,
  which,
  shows,
}: {
  say: string
  which(config: RunConfig): boolean
  shows: readonly RunFigure[]
}): Check {
  return defineCheck<State>({
    initial: {},
    reduce(state, evidence) {
      if (evidence.kind !== 'report' || state.shown || state.broken) return state
      const { report } = evidence
      if (!which(report.config)) return state
      const missed = shows.find((figure) => !figure.is(report))
      if (!missed) return { shown: report }
      const { strategy, resource } = report.config
      return {
        missed,
        broken: {
          expected: missed.expects,
          found: `The run of ${resource} with ${strategy} had ${missed.found(report)}`,
          run: report.run,
        },
      }
    },
    verdict({ shown, missed, broken }) {
      /** One run shows all of it or is of no use: while none has come, everything is waited for. */
      const mark = (figure?: RunFigure) =>
        broken ? (figure && figure === missed ? ({ mark: 'broken' } as const) : {}) : ({ mark: 'next' } as const)
      return {
        status: broken ? 'failed' : shown ? 'passed' : 'open',
        goals: [
          shown ? { say, done: true, seen: setUpOf(shown) } : { say, done: false, ...mark() },
          ...shows.map((figure) =>
            shown
              ? { say: figure.say, done: true, seen: figure.found(shown) }
              : { say: figure.say, done: false, expects: figure.expects, ...mark(figure) },
          ),
        ],
        broken,
      }
    },
  })
}

/** Which run it was, in a few words: `1,000 requests for slow-value with memory`. */
const setUpOf = ({ requests, config }: Report): string =>
  `${requests.toLocaleString('en-US')} requests for ${config.resource} with ${config.strategy}`
