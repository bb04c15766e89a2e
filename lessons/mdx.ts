import { readFileSync } from 'node:fs'

/** What the text of a lesson holds, as far as tests ask. */
export interface LessonText {
  /** The ids of all elements of a component, in the order of the text. */
  idsOf(component: string): string[]
  /** The sentences that a test asserts. */
  claims: { id: string; sentence: string }[]
}

/** What is shown as code, and comments, which are not shown: an element there is none. */
const APART = /^```[\s\S]*?^```|\{\/\*[\s\S]*?\*\/\}|`[^`\n]*`/gm

/** Read `lessons/<slug>/lesson.mdx`. Throws where an element of {@link LessonText.idsOf} has no id, or not a plain one. */
export function readLesson(slug: string): LessonText {
  const file = `lessons/${slug}/lesson.mdx`
  return lessonText(readFileSync(file, 'utf8'), file)
}

/** The same of a text; `file` is named where it is wrong. */
export function lessonText(mdx: string, file: string): LessonText {
  const text = mdx.replace(APART, (apart) => (apart.includes('<') ? ' ' : apart))
  const idsOf = (component: string) =>
    [...text.matchAll(new RegExp(`<${component}\\b([^>]*)`, 'g'))].map(([tag, properties = '']) => {
      const id = /\sid="([^"{}]+)"/.exec(properties)?.[1]
      if (id === undefined) throw new Error(`${file}: ${tag}> needs its id, written out: id="…"`)
      return id
    })
  const claims = [...text.matchAll(/<Claim\s[^>]*id="([^"]+)"[^>]*>([\s\S]*?)<\/Claim>/g)].map(
    ([, id = '', inside = '']) => ({
      id,
      sentence: inside
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    }),
  )
  if (claims.length !== idsOf('Claim').length) throw new Error(`${file}: a Claim is not closed, or stands in another`)
  return { idsOf, claims }
}
