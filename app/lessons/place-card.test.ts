import { expect, it } from 'vitest'
import { placeCard } from './place-card'

const screen = { width: 390, height: 800 }
const card = { width: 340, height: 200 }

it('puts a card under its word, and above it where there is no room under it', () => {
  expect(placeCard({ left: 20, top: 100, bottom: 120 }, card, screen)).toEqual({ left: 20, top: 126 })
  expect(placeCard({ left: 20, top: 700, bottom: 720 }, card, screen)).toEqual({ left: 20, top: 494 })
})

it('leaves it under the word where there is room nowhere: the page scrolls down, not up', () => {
  expect(placeCard({ left: 20, top: 100, bottom: 120 }, { width: 340, height: 790 }, screen).top).toBe(126)
})

it('keeps it within the screen', () => {
  expect(placeCard({ left: 300, top: 100, bottom: 120 }, card, screen).left).toBe(34)
  expect(placeCard({ left: 0, top: 100, bottom: 120 }, card, screen).left).toBe(16)
})
