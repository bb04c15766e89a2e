import { expect, it } from 'vitest'
import { catalog } from './catalog'

it('names the parameter that is the number of a key, where one is', () => {
  const numbered = Object.fromEntries(catalog().resources.map(({ id, keys }) => [id, keys?.numbered]))
  expect(numbered).toMatchObject({ 'tasks/{id}': 'id', tasks: 'owner' })
  // A pair of currencies is no number.
  expect(numbered.exchange).toBeUndefined()
})
