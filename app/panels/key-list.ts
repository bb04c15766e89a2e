/** A recorded list of keys as a reader writes it: numbers counted from 1, between them commas, spaces or new lines. */

/** Characters of a list that a form takes: a link has to hold them. A program can send 10,000 keys. */
export const LIST_CHARACTERS = 4_000

interface KeyList {
  /** Counted from 0, as a run config has them. */
  keys: number[]
  /** The first piece that is no key's number. */
  wrong?: string
}

/** Read a list. What is no number from 1 on is left out, and the first such piece is told. */
export function readKeyList(text: string): KeyList {
  const pieces = text.split(/[\s,;]+/).filter((piece) => piece !== '')
  const isKey = (piece: string) => /^[1-9]\d*$/.test(piece)
  return { keys: pieces.filter(isKey).map((piece) => Number(piece) - 1), wrong: pieces.find((piece) => !isKey(piece)) }
}

/** Write a list, its keys counted from 0, as a reader would. */
export const writeKeyList = (keys: readonly number[]): string => keys.map((key) => key + 1).join(', ')
