import { expect, it } from 'vitest'
import { countAnswered } from './answered'
import { noCounts } from './counters'

const lab = (id: string, requests: number) => ({ id, totals: () => ({ ...noCounts(), requests }) })

it('counts the requests of all labs but one, those dropped since included', () => {
  const answered = countAnswered()
  for (const each of [lab('a', 1), lab('b', 20), lab('c', 300)]) answered.opened(each)
  expect(answered.besides('a')).toBe(320)
  answered.dropped('c')
  expect([answered.besides('a'), answered.besides('b')]).toEqual([320, 301])
  // A lab that comes back starts at 0.
  answered.opened(lab('c', 0))
  expect(answered.besides('a')).toBe(320)
})
