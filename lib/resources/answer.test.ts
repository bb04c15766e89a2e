import { expect, it } from 'vitest'
import { absent } from './answer'
import { welcome } from './welcome'

it('answers for a missing value with the problem that its resource names', () => {
  expect(absent({ ...welcome, absent: 'run-not-found' }, 'key')).toMatchObject({ code: 'run-not-found' })
})
it('doesn’t guess a problem for a resource that names none', () => {
  expect(() => absent(welcome, 'key')).toThrow('welcome has nothing for key')
})
