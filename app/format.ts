/** How figures are written, everywhere the same: a unit with each, a thin gap before it, tabular digits. */

const GAP = '\u202f'
/** Formatters are kept: `toLocaleString` makes one at each call, which a log that moves feels. */
const formatters = Array.from(
  { length: 4 },
  (_, decimals) => new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
)
/** A number with up to three decimals. */
const number = (value: number, decimals: 0 | 1 | 2 | 3) => formatters[decimals]?.format(value) ?? String(value)
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** Digits that mean something: three of them, and no more than microseconds. */
const decimalsOf = (value: number) => (value < 0.1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0)

/** Milliseconds: `0.002 ms`, `1.42 ms`, `24.9 ms`, `225 ms`. */
export const ms = (value: number): string => `${number(value, decimalsOf(value))}${GAP}ms`

/** Seconds with one decimal: `7.2 s`. */
export const seconds = (value: number): string => `${number(value, 1)}${GAP}s`

/** A stretch of milliseconds as a person says it: `7.2 s`, `1 min 20 s`, `2 h 5 min`. */
export function stretch(milliseconds: number): string {
  const whole = Math.floor(milliseconds / 1000)
  if (whole < 60) return seconds(Math.max(milliseconds, 0) / 1000)
  if (whole < 3600) return `${Math.floor(whole / 60)}${GAP}min ${whole % 60}${GAP}s`
  return `${Math.floor(whole / 3600)}${GAP}h ${Math.floor((whole % 3600) / 60)}${GAP}min`
}

/** A rate of 0 to 1 as `97.4 %`. Never rounds up to 100 or down to 0. */
export function percent(rate: number): string {
  const rounded = Math.round(rate * 1000) / 10
  const honest = rate < 1 && rounded === 100 ? 99.9 : rate > 0 && rounded === 0 ? 0.1 : rounded
  return `${number(honest, honest === 0 || honest === 100 ? 0 : 1)}${GAP}%`
}

/** A count: `12,480`. */
export const count = (value: number): string => number(value, 0)

/** Requests per second: `1,204 /s`. */
export const perSecond = (value: number): string => `${number(value, value < 100 ? 1 : 0)}${GAP}/s`

/** Bytes: `512 B`, `14.2 kB`, `3.10 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return `${number(value, 0)}${GAP}B`
  if (value < 1e6) return `${number(value / 1e3, 1)}${GAP}kB`
  return `${number(value / 1e6, 2)}${GAP}MB`
}

/** A moment of the past weeks, in this browser's zone: `25 Nov, 04:33`. */
export const dayAndTime = (at: number): string => day.format(at)

/** The time of day, in this browser's zone: `12:04:31`. */
export const timeOfDay = (at: number): string => clock.format(at)

/** The same with milliseconds: `12:04:31.118`. */
export const exactTimeOfDay = (at: number): string =>
  `${timeOfDay(at)}.${String(Math.floor(at % 1000)).padStart(3, '0')}`

/** `1 request`, `2 requests`. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)}\u00a0${value === 1 ? one : many}`

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' })
const ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }

/** `1st`, `2nd`, `11th` */
export const ordinal = (value: number): string => `${count(value)}${ENDINGS[ORDINALS.select(value)] ?? 'th'}`

/** Returns a metric as it is written, with ≈ before it if it is an estimate. */
export const estimated = (text: string, isEstimate: boolean): string => `${isEstimate ? '≈ ' : ''}${text}`
