/** A line that begins or ends a region, in TypeScript, Python or a shell script. */
const MARKER = /^\s*(?:\/\/|#) #(region|endregion)\b\s*(\S*)/

/**
 * The lines between `// #region name` and the next `// #endregion` (`# #region` in Python and shell), without the
 * indentation that all of them share, and without markers of other regions. Throws where there is no such region.
 */
export function regionOf(text: string, name: string | undefined, file: string): { code: string; firstLine: number } {
  const lines = text.replace(/\s+$/, '').split('\n')
  const start = name === undefined ? -1 : lines.findIndex((line) => begins(line, name))
  if (name !== undefined && start === -1) throw new Error(`${file} has no region ${name}`)
  const end = name === undefined ? lines.length : lines.findIndex((line, i) => i > start && ends(line))
  if (end === -1) throw new Error(`${file}: region ${name} does not end`)

  const body = lines.slice(start + 1, end).filter((line) => !MARKER.test(line))
  const indents = body.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const shared = indents.length > 0 ? Math.min(...indents) : 0
  return { code: body.map((line) => line.slice(shared)).join('\n'), firstLine: start + 2 }
}

const begins = (line: string, name: string) => {
  const [, kind, named] = MARKER.exec(line) ?? []
  return kind === 'region' && named === name
}
const ends = (line: string) => MARKER.exec(line)?.[1] === 'endregion'

/** The lines (from 0) that hold each text, once each. Throws where a text is in none: the lesson speaks of what is gone. */
export function linesWith(code: string, texts: readonly string[], file: string): number[] {
  const lines = code.split('\n')
  return texts.map((text) => {
    const at = lines.findIndex((line) => line.includes(text))
    if (at === -1) throw new Error(`${file} has no line with “${text}”`)
    return at
  })
}
