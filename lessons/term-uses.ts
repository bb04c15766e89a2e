import { type GlossaryTerm, glossary } from './glossary'

/** A word of the glossary in a lesson's text. */
export interface TermUse {
  id: string
  /** As it is written. */
  text: string
  line: number
  /** Whether `<Term>` is around it. */
  wrapped: boolean
}

const TERM = /<Term\s+id="([^"]*)"\s*>([\s\S]*?)<\/Term>/g

/** What is no running text: code, headings, tags with their properties, comments. */
const APART = [/^```[\s\S]*?^```/gm, /\{\/\*[\s\S]*?\*\/\}/g, /`[^`\n]*`/g, /^#+ .*$/gm]

/**
 * The first use of each term in a lesson's MDX, in order. Code and headings do not count, and a word of everyday
 * English counts only where `<Term>` is around it.
 */
export function firstUses(mdx: string): TermUse[] {
  const spans = [...mdx.matchAll(TERM)].map((match) => ({
    id: match[1] ?? '',
    text: match[2] ?? '',
    from: match.index,
    to: match.index + match[0].length,
  }))
  let prose = APART.reduce(blank, mdx)
  for (const { from, to } of spans) prose = prose.slice(0, from) + ' '.repeat(to - from) + prose.slice(to)
  prose = blankTags(prose)

  const bare = [...prose.matchAll(FORMS)].map((match) => ({
    id: termOf(match[0]),
    text: match[0],
    from: match.index,
    wrapped: false,
  }))
  const uses = [...spans.map((span) => ({ ...span, wrapped: true })), ...bare].sort((a, b) => a.from - b.from)
  const seen = new Set<string>()
  return uses.flatMap(({ id, text, from, wrapped }) => {
    if (seen.has(id)) return []
    seen.add(id)
    return [{ id, text, line: mdx.slice(0, from).split('\n').length, wrapped }]
  })
}

const forms = (glossary as readonly GlossaryTerm[])
  .filter(({ everyday }) => !everyday)
  .flatMap(({ id, term, aliases = [] }) => [term, ...aliases].map((form) => ({ id, form })))
  // “cache key” is one term, and not the word cache.
  .sort((a, b) => b.form.length - a.form.length)

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const eitherCase = (form: string) => {
  const [first = ''] = form
  return `[${escaped(first.toLowerCase())}${escaped(first.toUpperCase())}]${escaped(form.slice(first.length))}`
}
/** A space of a form may be the end of a line. */
const FORMS = new RegExp(
  `(?<![\\p{L}\\p{N}_-])(?:${forms.map(({ form }) => eitherCase(form).replaceAll(' ', '\\s+')).join('|')})(?![\\p{L}\\p{N}_-])`,
  'gu',
)

function termOf(text: string): string {
  const plain = text.replace(/\s+/g, ' ').toLowerCase()
  return forms.find(({ form }) => form.toLowerCase() === plain)?.id ?? ''
}

/** Spaces in place of what matches, so that everything else stays where it is. */
function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (match) => match.replace(/[^\n]/g, ' '))
}

/** The same for tags, whose properties may hold braces, strings and arrows. */
function blankTags(text: string): string {
  let out = ''
  let at = 0
  for (const match of text.matchAll(/<\/?[A-Za-z]/g)) {
    if (match.index < at) continue
    let depth = 0
    let quote = ''
    let end = match.index
    for (; end < text.length; end += 1) {
      const c = text[end] ?? ''
      if (quote) quote = c === quote ? '' : quote
      else if (c === '"' || c === "'") quote = c
      else if (c === '{') depth += 1
      else if (c === '}') depth -= 1
      else if (c === '>' && depth === 0) break
    }
    out += text.slice(at, match.index) + text.slice(match.index, end + 1).replace(/[^\n]/g, ' ')
    at = end + 1
  }
  return out + text.slice(at)
}
