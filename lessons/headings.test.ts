import { expect, it } from 'vitest'
import { headingsOf } from './headings'

it('finds the headings of a lesson, and none inside code', () => {
  expect(
    headingsOf('## Yesterday’s notebook\ntext\n```bash\n## no\n```\n### deeper\n## What, then?\n', 'l.mdx'),
  ).toEqual([
    { id: 'yesterdays-notebook', text: 'Yesterday’s notebook' },
    { id: 'what-then', text: 'What, then?' },
  ])
})
it('stops the build when two headings have one id', () => {
  expect(() => headingsOf('## A b\n## A, b\n', 'l.mdx')).toThrow('l.mdx')
})
