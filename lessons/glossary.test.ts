import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lessons } from '.'
import { type GlossaryTerm, glossary, termById } from './glossary'
import { firstUses } from './term-uses'

const terms: readonly GlossaryTerm[] = glossary

describe('the glossary', () => {
  it('has each id and each written form once', () => {
    expect(terms.map(({ id }) => id).filter((id, i, all) => all.indexOf(id) !== i)).toEqual([])
    const forms = terms.flatMap(({ term, aliases = [] }) => [term, ...aliases])
    expect(forms.filter((form, i) => forms.indexOf(form) !== i)).toEqual([])
  })
  it('says each term in one sentence, then in two to four', () => {
    const sentences = (text: string) => text.split(/[.?!]”? (?=\S)/).length
    expect(terms.filter(({ short }) => sentences(short) !== 1).map(({ id }) => id)).toEqual([])
    expect(terms.filter(({ long }) => sentences(long) < 2 || sentences(long) > 5).map(({ id }) => id)).toEqual([])
  })
  it('refuses an id that it does not have', () => {
    expect(() => termById('nothing')).toThrow('no term nothing')
  })
})

describe('the first uses of terms in a text', () => {
  it('are found in running text alone, the longest form first', () => {
    const text =
      '## A cache\n\nA `hit` in the cache key, and\n```\nmiss\n```\n<Panel a={() => <b>"stale"</b>} /> a hit\nrate.'
    expect(firstUses(text).map(({ id, line }) => [id, line])).toEqual([
      ['cache-key', 3],
      ['hit-rate', 7],
    ])
  })
  it('tell whether they are wrapped', () => {
    expect(firstUses('A <Term id="ttl">TTL</Term>, the TTL of Caches.')).toEqual([
      { id: 'ttl', text: 'TTL', line: 1, wrapped: true },
      { id: 'cache', text: 'Caches', line: 1, wrapped: false },
    ])
  })
  it('leave words of everyday English alone', () => {
    expect(firstUses('Run it in private, and join us.')).toEqual([])
  })
})

describe.each(lessons.map(({ slug }) => slug))('%s', (slug) => {
  const uses = firstUses(readFileSync(`lessons/${slug}/lesson.mdx`, 'utf8'))

  it('opens a card at the first use of each term', () => {
    const bare = uses.filter(({ wrapped }) => !wrapped).map(({ id, text, line }) => `line ${line}: ${text} (${id})`)
    expect(bare).toEqual([])
  })
  it('names no term that there is not', () => {
    for (const { id, wrapped } of uses) if (wrapped) expect(termById(id).id).toBe(id)
  })
})
