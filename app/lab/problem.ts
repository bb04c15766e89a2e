import { PROBLEMS, type ProblemBody, type ProblemCode } from '@/lib/http/problem'

/** An answer that was no success, or none at all, as a page can tell of it. */
export interface Fault {
  /** What happened, in a few words. */
  title: string
  /** The stable code of the problem; `no-answer` where nothing came back. */
  code: ProblemCode | 'no-answer' | 'unreadable'
  detail?: string
  /** What the reader can do about it. */
  fix: string
  /** The parameter or field that is at fault. */
  parameter?: string
  given?: string
  accepted?: string
  /** Seconds after which to try again. */
  retryAfter?: number
}

const isProblem = (body: unknown): body is ProblemBody =>
  typeof body === 'object' && body !== null && 'code' in body && String(body.code) in PROBLEMS

/** Read a fault from an answer's body and headers. Bodies that are no problem details become `unreadable`. */
export function faultOf(status: number, body: unknown, headers: Headers): Fault {
  const retry = Number(headers.get('retry-after'))
  const retryAfter = Number.isFinite(retry) && retry > 0 ? retry : undefined
  if (!isProblem(body)) {
    return {
      title: `The server answered ${status}`,
      code: 'unreadable',
      fix: 'Look at what the terminal shows where Hitrate runs.',
      retryAfter,
    }
  }
  const { title, code, detail, parameter, given, accepted } = body
  return {
    title,
    code,
    detail: detail ?? PROBLEMS[code].cause,
    fix: PROBLEMS[code].fix,
    parameter,
    given,
    accepted,
    retryAfter,
  }
}

export const noAnswer: Fault = {
  title: 'No answer',
  code: 'no-answer',
  detail: 'The server did not answer. It may have been stopped.',
  fix: 'See whether npm start still runs, then try again.',
}

const FAULT = Symbol('fault')
type FaultError = Error & { [FAULT]: Fault }

/** An error that carries a fault, for code that throws. */
export const faultError = (fault: Fault): FaultError => Object.assign(new Error(fault.title), { [FAULT]: fault })

/** The fault that an error carries; whatever else was thrown is no answer. */
export const faultIn = (error: unknown): Fault =>
  error instanceof Error && FAULT in error ? (error as FaultError)[FAULT] : noAnswer
