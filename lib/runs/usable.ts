import { z } from 'zod'

/**
 * Milliseconds that one request in a hundred, and fewer than ten of a short run, may be sent late by. A millisecond is what a timer gives; ten are a
 * pause of the generator itself, which it would report as the server's.
 */
export const LATE_MS = 10
/** Of fewer requests, opening connections and cold code take most of the time: how busy they keep it says nothing. */
export const JUDGED_FROM = 100
/** Above this share of the time a closed loop waits for itself: the next response sits unread while it works on this one. */
export const BUSY = 0.95

/** Why metrics may not be used, by code: the cause, what it means, and the fix. */
export const UNUSABLE = {
  'sent-late': `The load generator sent at least one request in a hundred, and ten or more, over ${LATE_MS} ms late, so the latencies include its own delay. Lower the rate, or run while the machine is less busy.`,
  'generator-busy': `The load generator was busy for over ${BUSY * 100}% of the time, so the metrics describe it and not the server. Use fewer connections, or request something slower.`,
} as const satisfies Record<string, string>
export type UnusableCode = keyof typeof UNUSABLE

const CODES = Object.keys(UNUSABLE) as [UnusableCode, ...UnusableCode[]]

/** Whether metrics may be scored, compared, or passed on, and if not, every reason why. */
export const usability = z
  .object({
    ok: z.boolean(),
    reasons: z
      .array(z.object({ code: z.enum(CODES), words: z.string().describe('the cause, and the fix') }))
      .describe('empty if `ok`'),
  })
  .describe('whether the metrics may be used; if not, don’t score, compare, or pass them on')
export type Usability = z.infer<typeof usability>

/** Judges metrics by what speaks against them: usable if nothing does. */
export const usableUnless = (...codes: readonly UnusableCode[]): Usability => ({
  ok: codes.length === 0,
  reasons: codes.map((code) => ({ code, words: UNUSABLE[code] })),
})
