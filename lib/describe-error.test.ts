import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { describeError, innermostReason } from './describe-error'

/** An error as pg makes it from what Postgres sends. */
const fromPostgres = (fields: { message: string; code: string; detail?: string }) =>
  Object.assign(new Error(fields.message), { name: 'error', severity: 'ERROR', ...fields })
const SECRET = 'c0ffee'

test('names the statement, the code, and the place of a failed query, but none of its values', () => {
  const cause = fromPostgres({
    message: 'null value in column "at" violates not-null constraint',
    code: '23502',
    detail: `Failing row contains (${SECRET}).`,
  })
  const text = describeError(new DrizzleQueryError('insert into notebook values ($1)', [SECRET], cause))
  expect(text).not.toContain(SECRET)
  expect(text).toContain('insert into notebook values ($1)')
  expect(text).toContain('Caused by: error 23502: null value in column "at"')
  expect(text).toContain('describe-error.test.ts')
})

test('leaves out the message of a refused value, which quotes it', () => {
  const text = describeError(
    fromPostgres({ message: `invalid input syntax for type integer: "${SECRET}"`, code: '22P02' }),
  )
  expect(text).toMatch(/^error 22P02\n/)
  expect(text).not.toContain(SECRET)
})

test('describes ordinary errors with their message, and says no more than the type of other values', () => {
  expect(describeError(new TypeError('no such thing'))).toMatch(/^TypeError: no such thing\n +at /)
  expect(describeError({ secret: SECRET })).toBe('A thrown object')
})

test('ends at causes that go in a circle', () => {
  const circle = new Error('again')
  circle.cause = circle
  expect(describeError(circle).match(/Error: again/g)).toHaveLength(5)
  expect(innermostReason(circle)).toBe('Error: again')
})

test('gives the innermost reason in one line', () => {
  const cause = fromPostgres({ message: 'No space left on device', code: '53100' })
  expect(innermostReason(new DrizzleQueryError('insert', [SECRET], cause))).toBe('error 53100: No space left on device')
})
