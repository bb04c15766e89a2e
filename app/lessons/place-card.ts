interface Size {
  width: number
  height: number
}

/** Pixels between word and card, and between card and the edge of the screen. */
const GAP = 6
const MARGIN = 16

/**
 * Where on the screen a card goes, in CSS pixels: under its word, or above it where only there is room, and moved
 * sideways as far as it must to be seen whole.
 */
export function placeCard(
  word: { left: number; top: number; bottom: number },
  card: Size,
  screen: Size,
): { left: number; top: number } {
  const under = word.bottom + GAP
  const above = word.top - GAP - card.height
  const fits = under + card.height <= screen.height - MARGIN
  return {
    left: Math.max(MARGIN, Math.min(word.left, screen.width - MARGIN - card.width)),
    top: fits || above < MARGIN ? under : above,
  }
}
