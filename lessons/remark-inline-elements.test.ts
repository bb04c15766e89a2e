import { evaluate } from '@mdx-js/mdx'
import { createElement, type ReactNode } from 'react'
import * as runtime from 'react/jsx-runtime'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import remarkInlineElements from './remark-inline-elements.mjs'

const Claim = ({ children }: { children: ReactNode }) => createElement('i', null, children)
const Verdict = ({ children }: { children: ReactNode }) => createElement('div', null, children)

/** Renders a lesson's text as the build does. */
async function htmlOf(mdx: string): Promise<string> {
  const { default: Text } = await evaluate(mdx, { ...runtime, remarkPlugins: [remarkInlineElements] })
  return renderToStaticMarkup(createElement(Text, { components: { Claim, Term: Claim, Verdict } })).replace(
    />\n</g,
    '><',
  )
}

describe('a paragraph of claims', () => {
  it('keeps its spaces', async () => {
    expect(await htmlOf('<Claim>One.</Claim> <Claim>Two.</Claim>\n<Term>Three</Term>')).toBe(
      '<p><i>One.</i> <i>Two.</i> <i>Three</i></p>',
    )
  })
  it('gets no space that its text lacks', async () => {
    expect(await htmlOf('<Claim>One.</Claim><Claim>Two.</Claim>')).toBe('<p><i>One.</i><i>Two.</i></p>')
  })
  it('is a paragraph inside a verdict, and so is a claim alone', async () => {
    expect(
      await htmlOf('<Verdict>\n  <Claim>One.</Claim> <Claim>Two.</Claim>\n</Verdict>\n\n<Claim>Three.</Claim>'),
    ).toBe('<div><p><i>One.</i> <i>Two.</i></p></div><p><i>Three.</i></p>')
  })
  it('ends at a blank line', async () => {
    expect(await htmlOf('<Claim>One.</Claim>\n\n<Claim>Two.</Claim>')).toBe('<p><i>One.</i></p><p><i>Two.</i></p>')
  })
})

it('leaves blocks as they are', async () => {
  expect(await htmlOf('<Verdict>\n  text\n</Verdict>')).toBe('<div><p>text</p></div>')
})
