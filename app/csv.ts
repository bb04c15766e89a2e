/** What spreadsheets take for the beginning of a formula, after blanks too, and in the wide forms of East Asian text. */
const FORMULA = /^[\s\0]*[=+\-@\t\r\n＝＋－＠]/

/** A cell of a table: nothing is an empty one. */
export type Cell = string | number | undefined | null

/** A table as CSV (RFC 4180). */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')

/**
 * One cell, always quoted: a separator of another country inside it then ends nothing. An apostrophe before what could
 * be a formula makes it text.
 */
function cell(value: Cell): string {
  const text = value === undefined || value === null ? '' : String(value)
  return `"${(FORMULA.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}
