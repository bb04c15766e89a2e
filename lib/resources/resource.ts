import type { z } from 'zod'
import type { ProblemCode } from '../http/problem'
import type { Origin } from '../origin/origin'
import type { Loaded } from '../reading'
import type { StrategyId } from '../strategies'

/** One parameter: the form, the reference, the check of what is sent and the keys of a run all derive from it. */
export type Param =
  | {
      kind: 'number'
      in: 'path' | 'query'
      min: number
      max: number
      default: number
      /** Decimals that may be given; none where absent. */
      decimals?: number
      unit?: string
      about: string
      /** Left out of forms that are about something else: those where neither a set-up names it nor all can be chosen. */
      seldom?: true
    }
  | { kind: 'choice'; in: 'query'; options: readonly string[]; default: string; about: string }
  | {
      kind: 'text'
      /** Of a header, the parameter has the name. Clients send headers unasked: one that does not fit counts as unsent. */
      in: 'query' | 'header'
      pattern: RegExp
      accepted: string
      default: string
      about: string
    }

export type Params = Record<string, Param>

/** The checked values of parameters: each has one, its default where none was sent. */
export type Values<P extends Params = Params> = { [K in keyof P]: P[K]['kind'] extends 'number' ? number : string }

/** What a write came to, and which entries are wrong from now on: `row` where the write knows what is right there. */
export interface Written extends Loaded {
  touches: { resource: string; key: string; row?: Loaded }[]
}

export interface Resource<Id extends string = string, P extends Params = Params> {
  /** Its name in run configs and lessons, and its path under /api: `tasks/{id}`. */
  id: Id
  title: string
  /** One sentence, for the form and the reference. */
  about: string
  params: P
  /** The strategy used where the request names none. */
  strategy: StrategyId
  /** Seconds an entry stays fresh where the request does not say. */
  ttl: number
  /** Entries that a lab's memory may hold of it. */
  capacity: number
  /** Whether an HTTP cache shared by several people may keep the answer (RFC 9111, 5.2.2.9), or only the reader's own. */
  scope: 'public' | 'private'
  /** Whether the answer of these values is one reader's, though the resource is for all. */
  isPrivate?(values: Values<P>): boolean
  /** What of its slowness is added or simulated, said wherever it is shown. */
  simulated?: string
  /** The cache key of these values: two requests with the same key get the same answer. */
  key(values: Values<P>): string
  /** The problem of values for which the origin has nothing. Absent: the origin always has something. */
  absent?: ProblemCode
  /** Asks the origin. `undefined` if it has no such thing, which only a resource with {@link Resource.absent} returns. */
  load(values: Values<P>, origin: Origin): Promise<Loaded | undefined>
  /** The `Set-Cookie` that goes with a value fresh from the origin. Tiers of the server's keep values, not headers. */
  cookie?(value: unknown): string | undefined
  /** What `PATCH` takes and does. `undefined` where there is no such thing to write to. */
  write?: {
    body: z.ZodType
    /** The n-th body of a run that writes, from 0. */
    nth(n: number): unknown
    apply(values: Values<P>, body: unknown, origin: Origin): Promise<Written | undefined>
  }
  /** How a run draws its keys: how many there are, and the parameters of the n-th (from 0). */
  keys?: { max: number; nth(n: number): Record<string, string | number> }
}

/** Define a resource: the identity, typed so that its id and the kinds of its parameters stay literal. */
export const defineResource = <const Id extends string, const P extends Params>(
  resource: Resource<Id, P>,
): Resource<Id, P> => resource
