import { describeError } from '../describe-error'

/**
 * Every error that the app answers with, in one table: the codes are stable, `/reference` is made from it.
 * Bodies are problem details (RFC 9457).
 */
export const PROBLEMS = {
  'unknown-parameter': {
    status: 400,
    title: 'Unknown parameter',
    cause: 'The query names a parameter that this address does not take.',
    fix: 'Leave it out, or use one of those listed under `accepted`.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'Parameter out of bounds',
    cause: 'A parameter has a value of the wrong kind, is outside its bounds, or is given twice.',
    fix: 'Send one value of the kind named under `accepted`.',
  },
  'invalid-body': {
    status: 400,
    title: 'Body not understood',
    cause: 'The body is not JSON, or a field of it is unknown, missing or out of bounds.',
    fix: 'Correct the field that `parameter` names; /api/schema describes the whole body.',
  },
  'invalid-target': {
    status: 400,
    title: 'Request target refused',
    cause:
      'The request line has something other than a path, a path with malformed percent-encoding or control characters, or the Host field is missing, repeated, or malformed.',
    fix: 'Send one Host field, and a path that starts with one slash, percent-encoded as in RFC 3986.',
  },
  'malformed-request': {
    status: 400,
    title: 'Malformed request',
    cause: 'The bytes that arrived are not a request in HTTP/1.1, so the connection was closed.',
    fix: 'Send a request as RFC 9112 describes, for example with curl.',
  },
  'request-timeout': {
    status: 408,
    title: 'Request too slow',
    cause: 'The request did not arrive in full in time, so the connection was closed.',
    fix: 'Send the request again, all of it at once.',
  },
  'headers-too-large': {
    status: 431,
    title: 'Header fields too large',
    cause: 'The request line and the header fields are longer than 16 KiB together.',
    fix: 'Send fewer or shorter fields; in a browser, delete the cookies of this host.',
  },
  'foreign-host': {
    status: 421,
    title: 'Not this host',
    cause: 'The Host header is not one of this app’s own names, as in a DNS rebinding attack.',
    fix: 'Use the address that npm start prints, or add the name to HITRATE_HOSTS.',
  },
  'foreign-origin': {
    status: 403,
    title: 'Asked by another site',
    cause: 'A page of another origin made this request in the reader’s browser.',
    fix: 'Ask from this app’s own pages, or from a program that is no browser.',
  },
  'no-learner': {
    status: 400,
    title: 'Nobody’s notebook',
    cause: 'The request carries no cookie of a learner, so there is no notebook to write to.',
    fix: 'In a browser, allow cookies for this site and reload the page, which brings the cookie. A program sends it along.',
  },
  'unknown-path': {
    status: 404,
    title: 'No such address',
    cause: 'Nothing under /api answers at this path.',
    fix: 'See /reference for what there is.',
  },
  'task-not-found': {
    status: 404,
    title: 'No such task',
    cause: 'There is no task with this id.',
    fix: 'Ids run from 1 to 100,000.',
  },
  'run-not-found': {
    status: 404,
    title: 'No such run',
    cause: 'There is no run with this id, or it ended so long ago that it was forgotten.',
    fix: 'Start it again with POST /api/runs.',
  },
  'requests-gone': {
    status: 410,
    title: 'Requests no longer kept',
    cause: 'The requests of a run are kept by the process that ran it, of its last 20 runs.',
    fix: 'Run it again: the same seed sends the same requests.',
  },
  'process-not-found': {
    status: 404,
    title: 'No such process',
    cause: 'No worker has this number, or no edge is at work.',
    fix: 'Start it with PUT /api/workers or PUT /api/edge; GET /api/processes lists those that are there.',
  },
  'exercise-not-found': {
    status: 404,
    title: 'No such exercise',
    cause: 'No lesson of the course has an exercise with this id.',
    fix: 'Use the id of an exercise of the course.',
  },
  'attempt-not-found': {
    status: 404,
    title: 'Exercise not started',
    cause: 'This lab does not work on this exercise. It was given up, or the server was started anew since.',
    fix: 'Start it with POST /api/attempts.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    cause: 'This address exists, but does not take this method.',
    fix: 'Use one of the methods in the Allow header.',
  },
  'body-too-large': {
    status: 413,
    title: 'Body too large',
    cause: 'The body is longer than 64 KiB.',
    fix: 'Send a shorter one.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Not JSON',
    cause: 'The body’s Content-Type is not application/json.',
    fix: 'Send `Content-Type: application/json`.',
  },
  'too-many-edits': {
    status: 429,
    title: 'Too many edits',
    cause: 'A lab may hold edits of 1,000 tasks.',
    fix: 'Edit a task that this lab has edited before, or use a new lab.',
  },
  'notebook-full': {
    status: 429,
    title: 'The notebook is full',
    cause: 'A notebook may hold 2,000 items.',
    fix: 'Export it, then delete what is no longer needed, or reset a lesson.',
  },
  'internal-error': {
    status: 500,
    title: 'A fault in Hitrate',
    cause: 'Something failed that should not.',
    fix: 'Please report it, with what the terminal shows.',
  },
  'rates-unavailable': {
    status: 503,
    title: 'Rate provider away',
    cause: 'The exchange-rate provider did not answer.',
    fix: 'Try again: it is restarted by itself. Entries that are still fresh are served meanwhile.',
  },
  'postgres-unavailable': {
    status: 503,
    title: 'Postgres away',
    cause: 'Postgres did not answer in time.',
    fix: 'Try again: the app reconnects by itself. Entries that are still fresh are served meanwhile.',
  },
  'storage-full': {
    status: 507,
    title: 'Storage full',
    cause: 'Postgres has no disk space left, so the change was not saved.',
    fix: 'Free space where Postgres keeps its data (HITRATE_DATA for Hitrate’s own), then send the request again.',
  },
  'redis-unavailable': {
    status: 503,
    title: 'Redis away',
    cause: 'The lab’s entries in Redis could not be listed or emptied.',
    fix: 'Try again: the app reconnects by itself.',
  },
  'process-unavailable': {
    status: 503,
    title: 'Process unavailable',
    cause: 'A worker or the edge did not start, or does not respond.',
    fix: 'Try again; `detail` says why it failed, and the terminal shows more.',
  },
  'process-unresponsive': {
    status: 503,
    title: 'Process unresponsive',
    cause: 'A worker or the edge did not answer in two seconds, so its entries could not be cleared.',
    fix: 'Try again in ten seconds: a process that hangs for that long is replaced, and its entries go with it.',
  },
  'queue-full': {
    status: 503,
    title: 'Too many runs are waiting',
    cause: 'The queue of runs has no free place.',
    fix: 'Try again after the seconds in Retry-After.',
  },
  'too-many-streams': {
    status: 503,
    title: 'Too many open streams',
    cause: 'More event streams are open than the app serves at once.',
    fix: 'Close some, and try again.',
  },
  'edge-origin-unavailable': {
    status: 502,
    title: 'Origin unavailable',
    cause:
      'The edge could not connect to the server behind it, or that server closed the connection before it responded.',
    fix: 'Start that server, and try again.',
  },
  'edge-origin-timeout': {
    status: 504,
    title: 'Origin too slow',
    cause: 'The server behind the edge sent no response within 30 seconds.',
    fix: 'Find out what delays that server, and try again.',
  },
  'edge-origin-unreadable': {
    status: 502,
    title: 'Origin response not HTTP',
    cause:
      'The server behind the edge responded, but with an invalid status code, contradicting lengths, or bytes that aren’t HTTP/1.1.',
    fix: 'Look at the response with curl -v at that server’s own address.',
  },
  'edge-origin-oversized': {
    status: 502,
    title: 'Origin response headers too large',
    cause: 'The server behind the edge responded with 64 KiB or more of header fields.',
    fix: 'Send fewer or shorter header fields; Set-Cookie is usually the largest.',
  },
  'edge-loop': {
    status: 508,
    title: 'The edge is before itself',
    cause: 'The request came by this shared cache already: its origin, or one behind that, is the cache itself.',
    fix: 'Start the edge with --origin at the server that makes the answers.',
  },
  'edge-only-if-cached': {
    status: 504,
    title: 'Nothing stored that would do',
    cause: 'The request has `Cache-Control: only-if-cached`, and the shared cache holds no answer that it may give.',
    fix: 'Ask without only-if-cached.',
  },
} as const satisfies Record<string, { status: number; title: string; cause: string; fix: string }>

export type ProblemCode = keyof typeof PROBLEMS

/** What is particular to one occurrence. `parameter`, `given` and `accepted` go together. */
export interface ProblemDetail {
  detail?: string
  parameter?: string
  given?: string
  accepted?: string
}

/** The body of an error answer. */
export interface ProblemBody extends ProblemDetail {
  type: string
  title: string
  status: number
  code: ProblemCode
}

const GIVEN_LIMIT = 100

/** An error that has an answer. Throw it with {@link problem}; the handler turns it into a response. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly info: ProblemDetail = {},
    readonly headers: Record<string, string> = {},
    options?: ErrorOptions,
  ) {
    super(info.detail ?? PROBLEMS[code].title, options)
  }
}

/** Make a {@link Problem}. What was given is cut to 100 characters, so that an answer never echoes a large request. */
export function problem(
  code: ProblemCode,
  info: ProblemDetail = {},
  more: { headers?: Record<string, string>; cause?: unknown } = {},
): Problem {
  const given =
    info.given !== undefined && info.given.length > GIVEN_LIMIT ? `${info.given.slice(0, GIVEN_LIMIT)}…` : info.given
  return new Problem(code, given === undefined ? info : { ...info, given }, more.headers, { cause: more.cause })
}

/** Gives a problem's response as plain data: `application/problem+json`, never stored. */
export function problemParts({ code, info, headers }: Problem) {
  const { status, title } = PROBLEMS[code]
  const body: ProblemBody = { type: `/reference#${code}`, title, status, code, ...info }
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': '1' } : {}),
      ...headers,
    },
    text: JSON.stringify(body),
  }
}

/** Makes the response of a problem. */
export function problemResponse(refused: Problem): Response {
  const { status, headers, text } = problemParts(refused)
  return new Response(text, { status, headers })
}

/** Gives the problem that an error is; anything but a problem is logged, and answered with `internal-error`. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  console.error(describeError(error))
  return problem('internal-error', {}, { cause: error })
}
