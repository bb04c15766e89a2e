import { type Check, defineCheck, type Verdict } from './check'
import { type Pending, type SeenRequest, seenIn, takeRow, wasIn } from './seen-request'

/** One request of a sequence. */
export interface InOrderStep {
  /** The goal: `A hit within the TTL`. */
  say: string
  /** What was expected, where another request came in its place: `a hit`. */
  expects: string
  /** Whether this is the request; `before` are those that fulfilled the earlier steps, the oldest first. */
  is(request: SeenRequest, before: readonly SeenRequest[]): boolean
}

interface State {
  pending: Pending
  before: readonly SeenRequest[]
  broken?: Verdict['broken']
}

/**
 * Single requests for `resource` that fit the steps one after the other. What comes before one fits the first step is
 * passed over, since a learner tries around; from then on the first request that does not fit the next step fails it.
 * Requests for other resources and those of runs don't count.
 */
export function inOrder({
  resource,
  sameKey = false,
  steps,
}: {
  resource: string
  /** All have to ask for the key of the first. */
  sameKey?: boolean
  steps: readonly InOrderStep[]
}): Check {
  /** Why a request is not the next one; undefined where it is. */
  function fault(request: SeenRequest, step: InOrderStep, before: readonly SeenRequest[]): Verdict['broken'] {
    const first = before[0]
    if (sameKey && first && request.key !== first.key) {
      return {
        expected: `${step.expects}, for ${first.key} as in #${first.request}`,
        found: `#${request.request} asked for ${request.key}`,
        request: request.request,
      }
    }
    if (step.is(request, before)) return undefined
    return { expected: step.expects, found: wasIn(request, before.at(-1)), request: request.request }
  }

  return defineCheck<State>({
    initial: { pending: [], before: [] },
    reduce(state, evidence) {
      if (evidence.kind !== 'row' || state.broken) return state
      const { row } = evidence
      const step = steps[state.before.length]
      if (!step || row.resource !== resource || row.run !== undefined) return state

      const { pending, request } = takeRow(state.pending, row)
      if (!request) return { ...state, pending }
      const broken = fault(request, step, state.before)
      if (!broken) return { pending, before: [...state.before, request] }
      return state.before.length === 0 ? { ...state, pending } : { ...state, pending, broken }
    },
    verdict: ({ before, broken }) => ({
      status: broken ? 'failed' : before.length === steps.length ? 'passed' : 'open',
      goals: steps.map(({ say, expects }, i) => {
        const request = before[i]
        if (request) return { say, done: true, seen: seenIn(request) }
        const mark = broken ? ('broken' as const) : ('next' as const)
        return { say, done: false, expects, ...(i === before.length ? { mark } : {}) }
      }),
      broken,
    }),
  })
}
