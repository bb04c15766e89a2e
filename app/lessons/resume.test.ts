import { expect, it } from 'vitest'
import type { NotebookItem } from '@/lib/notebook/items'
import { resume } from './resume'

const lessons = [{ slug: 'a' }, { slug: 'b' }, { slug: 'c' }]
const progress = (lesson: string, at: number, reading: 'begun' | 'read', heading?: string): NotebookItem => ({
  id: `progress:${lesson}`,
  kind: 'progress',
  at,
  lesson,
  reading,
  heading,
})
const from = (...items: NotebookItem[]) => {
  const place = resume(lessons, Object.fromEntries(items.map((item) => [item.id, item])))
  return place && [place.lesson.slug, place.heading]
}

it('has nowhere to go on before anything was begun, nor after everything was read', () => {
  expect(from()).toBeUndefined()
  expect(from(progress('a', 1, 'read'), progress('b', 2, 'read'), progress('c', 3, 'read'))).toBeUndefined()
  expect(from(progress('no-such-lesson', 1, 'begun'))).toBeUndefined()
})
it('goes on in the lesson seen last, at its heading', () => {
  expect(from(progress('a', 5, 'begun', 'One'), progress('b', 4, 'begun', 'Two'))).toEqual(['a', 'One'])
  expect(from(progress('a', 5, 'begun', 'One'), progress('b', 6, 'begun', 'Two'))).toEqual(['b', 'Two'])
})
it('goes on after a lesson that is read, and then with what was left out', () => {
  expect(from(progress('a', 1, 'read', 'One'))).toEqual(['b', undefined])
  expect(from(progress('b', 2, 'read'), progress('c', 1, 'begun', 'Three'))).toEqual(['c', 'Three'])
  expect(from(progress('b', 1, 'read'), progress('c', 2, 'read'))).toEqual(['a', undefined])
})
