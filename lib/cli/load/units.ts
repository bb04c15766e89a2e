/** How figures are written in the terminal: a unit with each, and three digits that mean something. */

/** A count: `12,480`. */
export const count = (value: number): string => Math.round(value).toLocaleString('en-US')

/** `1 request`, `2 requests`. */
export const plural = (value: number, one: string): string => `${count(value)} ${one}${value === 1 ? '' : 's'}`

const digits = (value: number): string => {
  const decimals = value === 0 ? 0 : value < 0.1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

/** Milliseconds: `0.012 ms`, `1.42 ms`, `24.9 ms`, `225 ms`. */
export const ms = (value: number): string => `${digits(value)} ms`

/** Milliseconds as seconds: `7.20 s`. */
export const seconds = (value: number): string => `${digits(value / 1000)} s`

/** A stretch of milliseconds as it is said: `500 ms`, `10 s`, `10 min`. */
export function stretch(value: number): string {
  if (value < 1000) return `${count(value)} ms`
  return value >= 60_000 && value % 60_000 === 0 ? `${value / 60_000} min` : `${value / 1000} s`
}

/** A part of 1: `97.4 %`. Never rounds up to 100 or down to 0. */
export function percent(part: number): string {
  const rounded = Math.round(part * 1000) / 10
  const honest = part < 1 && rounded === 100 ? 99.9 : part > 0 && rounded === 0 ? 0.1 : rounded
  return `${honest === 0 || honest === 100 ? honest : honest.toFixed(1)} %`
}

/** Requests per second: `1,204 requests/s`. */
export const perSecond = (value: number): string => `${value < 100 ? digits(value) : count(value)} requests/s`

/** Bytes: `512 B`, `14.2 kB`, `3.10 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return `${count(value)} B`
  return value < 1e6 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(2)} MB`
}
