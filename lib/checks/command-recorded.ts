import { type Check, defineCheck } from './check'

interface State {
  text?: string
  fits?: boolean
}

/** A command that the learner ran was recorded, and is one of those asked for. Another one fails it. */
export function commandRecorded({
  say,
  expects,
  is,
}: {
  say: string
  /** `a benchmark: hey, wrk, k6, ab or autocannon with a target`. */
  expects: string
  is(text: string): boolean
}): Check {
  return defineCheck<State>({
    initial: {},
    reduce: (state, evidence) =>
      evidence.kind === 'command' && state.text === undefined
        ? { text: evidence.command.text, fits: is(evidence.command.text) }
        : state,
    verdict: ({ text, fits }) => ({
      status: text === undefined ? 'open' : fits ? 'passed' : 'failed',
      goals: [
        text !== undefined && fits
          ? { say, done: true, seen: text, wants: 'command' }
          : { say, done: false, expects, wants: 'command', mark: text === undefined ? 'next' : 'broken' },
      ],
      broken: text === undefined || fits ? undefined : { expected: expects, found: `You recorded: ${text}` },
    }),
  })
}
