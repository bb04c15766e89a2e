const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const MONTH = `(${MONTHS.join('|')})`
const TIME = '(\\d{2}):(\\d{2}):(\\d{2})'

/**
 * The three forms of RFC 9110, 5.6.7, each with the places of day, month, year and time among its groups. Capitals are
 * part of the forms, but a cache should not mind them (RFC 9111, 4.2).
 */
const IMF_FIXDATE = new RegExp(`^${DAY}, (\\d{2}) ${MONTH} (\\d{4}) ${TIME} GMT$`, 'i')
const RFC_850 = new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\\d{2})-${MONTH}-(\\d{2}) ${TIME} GMT$`, 'i')
const ASCTIME = new RegExp(`^${DAY} ${MONTH} ([ \\d]\\d) ${TIME} (\\d{4})$`, 'i')

/** A two-digit year that seems to lie further ahead than this is of the century before (RFC 9110, 5.6.7). */
const AHEAD_YEARS = 50

/** Read an HTTP-date, in epoch milliseconds; undefined where it is none. `now` decides the century of a short year. */
export function readDate(text: string, now: number): number | undefined {
  const fixed = IMF_FIXDATE.exec(text)
  if (fixed) {
    const [, day, month, year, ...time] = fixed
    return utc(Number(year), month, Number(day), time)
  }
  const short = RFC_850.exec(text)
  if (short) {
    const [, day, month, year, ...time] = short
    const thisYear = new Date(now).getUTCFullYear()
    const guess = thisYear - (thisYear % 100) + Number(year)
    return utc(guess > thisYear + AHEAD_YEARS ? guess - 100 : guess, month, Number(day), time)
  }
  const [, month, day, hour = '', minute = '', second = '', year] = ASCTIME.exec(text) ?? []
  return month === undefined ? undefined : utc(Number(year), month, Number(day), [hour, minute, second])
}

/** Write one, of epoch milliseconds. */
export function writeDate(ms: number): string {
  return new Date(ms).toUTCString()
}

function utc(year: number, month: string | undefined, day: number, time: string[]): number | undefined {
  const [hour = 0, minute = 0, second = 0] = time.map(Number)
  // 60 is a leap second.
  if (day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined
  return Date.UTC(year, MONTHS.indexOf(month?.toLowerCase() ?? ''), day, hour, minute, second)
}
