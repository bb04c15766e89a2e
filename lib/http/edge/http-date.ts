const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const MONTH = `(?<month>${MONTHS.join('|')})`
const TIME = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})'

/**
 * The three forms of RFC 9110, 5.6.7. Capitals are part of the forms, but a cache should not mind them (RFC 9111, 4.2). Nor
 * does this one mind a weekday that is not that of the date, as browsers don't: the date is still plain.
 */
const FORMS = [
  // IMF-fixdate
  `${DAY}, (?<day>\\d{2}) ${MONTH} (?<year>\\d{4}) ${TIME} GMT`,
  // RFC 850
  `(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d{2})-${MONTH}-(?<shortYear>\\d{2}) ${TIME} GMT`,
  // asctime
  `${DAY} ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`, 'i'))

/** A two-digit year that seems to lie further ahead than this is of the century before (RFC 9110, 5.6.7). */
const AHEAD_YEARS = 50

/**
 * Reads an HTTP-date, in epoch milliseconds. Undefined for what is none, and for one that no calendar or clock shows, such
 * as 31 Feb or 25:00:00. `now` decides the century of a short year.
 */
export function readDate(text: string, now: number): number | undefined {
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups
    if (parts) return timeOf(parts, now)
  }
  return undefined
}

/** Writes one, of epoch milliseconds. */
export function writeDate(ms: number): string {
  return new Date(ms).toUTCString()
}

function timeOf(parts: Partial<Record<string, string>>, now: number): number | undefined {
  const { month = '', year, shortYear } = parts
  const number = (name: string) => Number(parts[name])
  const [day, hour, minute, second] = [number('day'), number('hour'), number('minute'), number('second')]
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const inYear = (y: number): number | undefined => {
    const time = new Date(0)
    // Date.UTC takes years before 100 for years of the last century.
    time.setUTCFullYear(y, MONTHS.indexOf(month.toLowerCase()), day)
    // It counts a day that the month doesn't have into the next.
    return time.getUTCDate() === day ? time.setUTCHours(hour, minute, second) : undefined
  }
  if (shortYear === undefined) return inYear(Number(year))
  const thisYear = new Date(now).getUTCFullYear()
  const guess = inYear(thisYear - (thisYear % 100) + Number(shortYear))
  const most = new Date(now).setUTCFullYear(thisYear + AHEAD_YEARS)
  return guess !== undefined && guess > most ? inYear(new Date(guess).getUTCFullYear() - 100) : guess
}
