/** A heading as the table of contents has it. */
export interface Heading {
  id: string
  text: string
}

/** A heading's id: its words, in lower case, joined by hyphens. */
export const headingId = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')

/** The second-level headings of a lesson's text, outside code. Throws when two of them would have one id. */
export function headingsOf(mdx: string, file: string): Heading[] {
  const prose = mdx.replace(/^```[\s\S]*?^```/gm, '')
  const headings = [...prose.matchAll(/^## +(.+?)\s*$/gm)].map(([, text = '']) => ({ id: headingId(text), text }))
  const twice = headings.find(({ id }, i) => headings.findIndex((other) => other.id === id) !== i)
  if (twice) throw new Error(`${file} has two headings “${twice.text}”`)
  return headings
}
