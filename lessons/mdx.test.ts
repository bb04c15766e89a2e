import { describe, expect, it } from 'vitest'
import { lessonText } from './mdx'

const of = (mdx: string) => lessonText(mdx, 'lesson.mdx')

describe('the text of a lesson', () => {
  it('has the ids of its elements in their order, but not of what is code or a comment', () => {
    const { idsOf } = of(
      [
        'Use `<Experiment id="no">` and `code`.',
        '<Experiment id="one">',
        '```mdx\n<Experiment id="neither">\n```',
        '{/* <Experiment id="nor this"> */}',
        '<Experiment\n  id="two"\n>',
        '<Exercise id="three" />',
      ].join('\n\n'),
    )
    expect(idsOf('Experiment')).toEqual(['one', 'two'])
    expect(idsOf('Exercise')).toEqual(['three'])
    expect(idsOf('Claim')).toEqual([])
  })

  it('has its claims as sentences, without what is around their words', () => {
    const { claims } = of('A. <Claim id="b">With `none` each\n<Term id="miss">miss</Term> *counts*.</Claim> C.')
    expect(claims).toEqual([{ id: 'b', sentence: 'With `none` each miss *counts*.' }])
  })

  it.each(['<Claim>x</Claim>', '<Claim id={name}>x</Claim>'])('refuses %s: its id has to be written out', (mdx) => {
    expect(() => of(mdx)).toThrow('id="…"')
  })

  it('refuses a claim in a claim', () => {
    expect(() => of('<Claim id="a">x <Claim id="b">y</Claim></Claim>')).toThrow('in another')
  })
})
