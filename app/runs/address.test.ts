import { expect, it } from 'vitest'
import { askedIn, comparisonAddress, listAddress, runAddress } from './address'

const asked = (address: string) => askedIn(new URL(address, 'http://127.0.0.1').searchParams)

it('finds what it was made of', () => {
  expect(asked(runAddress('a&b'))).toEqual({ kind: 'run', id: 'a&b' })
  expect(asked(comparisonAddress(['b', 'a']))).toEqual({ kind: 'comparison', ids: ['b', 'a'], left: [] })
  expect(asked(comparisonAddress(['a']))).toEqual({ kind: 'run', id: 'a' })
  expect(asked('/runs')).toEqual({ kind: 'list', picked: [] })
  expect(asked(listAddress(['a']))).toEqual({ kind: 'list', picked: ['a'] })
})
it('takes what a person may have typed', () => {
  expect(asked('/runs?ids=%20a%20,,a')).toEqual({ kind: 'run', id: 'a' })
  expect(asked('/runs?id=&ids=,')).toEqual({ kind: 'list', picked: [] })
  expect(asked(`/runs?ids=${Array.from({ length: 21 }, (_, n) => n + 1).join(',')}`)).toMatchObject({
    ids: Array.from({ length: 20 }, (_, n) => String(n + 1)),
    left: ['21'],
  })
})
