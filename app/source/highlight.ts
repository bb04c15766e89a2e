import { createCssVariablesTheme, createHighlighter, type Highlighter, type ThemedToken } from 'shiki'

const LANGUAGES = ['typescript', 'tsx', 'python', 'bash', 'http', 'json'] as const
export type Language = (typeof LANGUAGES)[number]

/** Colours by CSS variables, so that one rendering serves both themes. */
const theme = createCssVariablesTheme({ name: 'hitrate', variablePrefix: '--code-', fontStyle: true })

let highlighter: Promise<Highlighter> | undefined

/** Lines of coloured tokens. A language that is not among ours is plain text. */
export async function highlight(code: string, language: string): Promise<ThemedToken[][]> {
  highlighter ??= createHighlighter({ themes: [theme], langs: [...LANGUAGES] })
  const known = (LANGUAGES as readonly string[]).includes(language)
  return (await highlighter).codeToTokens(code, { lang: known ? (language as Language) : 'text', theme: 'hitrate' })
    .tokens
}
