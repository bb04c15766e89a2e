/** Charts as files of their own. Pure: the drawing is given as text. */

export interface LegendEntry {
  name: string
  stroke: string
  dash?: string
}

/** Text in which no character means anything to XML or HTML; those that XML does not take are left out. */
export const escaped = (text: string): string =>
  text.replace(/[^\P{Cc}\t\r\n]/gu, '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const MARGIN = 16
const LINE = 20
/** Of a character of the legend: 12 px of a face in which all are equally wide. */
const CHARACTER = 7.3
/** Of a character of a note, whose face may be any. */
const NOTE_CHARACTER = 6.8
const MARK = 30
const GAP = 22
const MONO = "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, 'DejaVu Sans Mono', monospace"
const SANS = "'Bricolage Grotesque Variable', ui-sans-serif, system-ui, sans-serif"

/** Put a drawing under its title and its legend, on paper: alone, lines without names say nothing. */
export function framedSvg(parts: {
  title: string
  legend: readonly LegendEntry[]
  /** What is written below it, each a line. */
  notes?: readonly string[]
  /** An `<svg>` of this size, in pixels. */
  drawing: string
  width: number
  height: number
  colors: { paper: string; ink: string; quiet: string }
}): string {
  const { title, legend, drawing, width, height, colors } = parts
  const notes = (parts.notes ?? []).flatMap((note) => wrapped(note, Math.floor(width / NOTE_CHARACTER)))
  const placed: { entry: LegendEntry; x: number; row: number }[] = []
  let x = 0
  let row = 0
  for (const entry of legend) {
    const wide = MARK + entry.name.length * CHARACTER
    if (x > 0 && x + wide > width) {
      x = 0
      row += 1
    }
    placed.push({ entry, x, row })
    x += wide + GAP
  }
  const top = MARGIN + 24
  const under = top + (legend.length > 0 ? (row + 1) * LINE + 8 : 4)
  const all = { width: width + 2 * MARGIN, height: under + height + notes.length * LINE + MARGIN }
  const key = placed.map(({ entry: { name, stroke, dash }, x, row }) => {
    const y = top + row * LINE + 6
    const dashed = dash ? ` stroke-dasharray="${escaped(dash)}"` : ''
    return (
      `<path d="M${MARGIN + x} ${y}h22" stroke="${escaped(stroke)}" stroke-width="2.5" fill="none"${dashed}/>` +
      `<text x="${MARGIN + x + MARK}" y="${y + 4}" font-family="${MONO}" font-size="12" fill="${escaped(colors.ink)}">${escaped(name)}</text>`
    )
  })
  const said = notes.map(
    (note, i) =>
      `<text x="${MARGIN}" y="${under + height + LINE * (i + 1) - 4}" font-family="${SANS}" font-size="12" fill="${escaped(colors.quiet)}">${escaped(note)}</text>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${all.width}" height="${all.height}" viewBox="0 0 ${all.width} ${all.height}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="100%" height="100%" fill="${escaped(colors.paper)}"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 12}" font-family="${SANS}" font-size="16" font-weight="600" fill="${escaped(colors.ink)}">${escaped(title)}</text>`,
    ...key,
    `<g transform="translate(${MARGIN} ${under})">${drawing}</g>`,
    ...said,
    '</svg>',
  ].join('')
}

/** A text in lines of at most so many characters, broken between words. */
function wrapped(text: string, most: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
