import { describe, expect, it } from 'vitest'
import { readDate, writeDate } from './http-date'

const NOW = Date.UTC(2026, 10, 28, 12)

/** The date as ISO 8601 writes it, undefined if it's none. */
const read = (text: string, now = NOW): string | undefined => {
  const at = readDate(text, now)
  return at === undefined ? undefined : new Date(at).toISOString()
}

describe('readDate', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
    ['Thu, 29 Feb 2024 00:00:00 GMT', '2024-02-29T00:00:00.000Z'],
    ['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00.000Z'],
    ['Fri, 31 Dec 9999 23:59:59 GMT', '9999-12-31T23:59:59.000Z'],
    ['Mon, 01 Jan 0050 00:00:00 GMT', '0050-01-01T00:00:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(read(text)).toBe(iso)
  })

  it('reads a date whose weekday is that of another, as browsers do', () => {
    expect(read('Mon, 26 Jul 1997 05:00:00 GMT')).toBe('1997-07-26T05:00:00.000Z')
  })

  const IMPOSSIBLE = [
    ['31', 'Feb', '2026', '00:00:00'],
    ['29', 'Feb', '2026', '00:00:00'],
    ['29', 'Feb', '2100', '00:00:00'],
    ['31', 'Apr', '2026', '00:00:00'],
    ['32', 'Dec', '2026', '00:00:00'],
    ['00', 'Jan', '2026', '00:00:00'],
    ['01', 'Jan', '2026', '24:00:00'],
    ['01', 'Jan', '2026', '25:00:00'],
    ['01', 'Jan', '2026', '00:60:00'],
    ['01', 'Jan', '2026', '00:00:61'],
    ['01', 'Foo', '2026', '00:00:00'],
  ] as const
  it.each(IMPOSSIBLE)('reads no date in %s %s %s %s, in any of the three forms', (day, month, year, time) => {
    expect(read(`Sun, ${day} ${month} ${year} ${time} GMT`)).toBeUndefined()
    expect(read(`Sunday, ${day}-${month}-${year.slice(2)} ${time} GMT`)).toBe(
      // 2000 is nearer than 2100, and has that day.
      year === '2100' ? '2000-02-29T00:00:00.000Z' : undefined,
    )
    expect(read(`Sun ${month} ${day} ${time} ${year}`)).toBeUndefined()
  })

  it.each([
    ['76', '2076-11-28T12:00:00.000Z'],
    ['77', '1977-11-28T12:00:00.000Z'],
  ])('takes the short year %s for one at most 50 years ahead', (year, iso) => {
    expect(read(`Sunday, 28-Nov-${year} 12:00:00 GMT`)).toBe(iso)
  })

  it('takes a second more than 50 years ahead for the century before', () => {
    expect(read('Sunday, 28-Nov-76 12:00:01 GMT')).toBe('1976-11-28T12:00:01.000Z')
  })

  it('reads what writeDate writes', () => {
    expect(readDate(writeDate(NOW), NOW)).toBe(NOW)
  })
})
