import { evaluate } from '@mdx-js/mdx'
import { createElement } from 'react'
import * as runtime from 'react/jsx-runtime'
import { renderToStaticMarkup } from 'react-dom/server'
import remarkGfm from 'remark-gfm'
import { describe, expect, it } from 'vitest'
import type { NotebookItem } from '@/lib/notebook/items'
import { ITEMS } from '@/lib/notebook/limits'
import { command, everyKind, prediction, run } from '@/lib/notebook/testing'
import { asCsv, asJson, asMarkdown } from './export'
import { readExport } from './import'
import { outline } from './outline'

const NOW = Date.UTC(2026, 10, 24, 12)

/** Read a table as RFC 4180 has it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('CSV', () => {
  it('is a row for each item, under one header, with as many cells in each', () => {
    const rows = readCsv(asCsv(everyKind))
    expect(rows).toHaveLength(everyKind.length + 1)
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1)
    const [header = [], ...body] = rows
    const cellOf = (kind: string, column: string) => body.find(([first]) => first === kind)?.[header.indexOf(column)]
    expect(cellOf('run', 'hit_rate')).toBe('0.98')
    expect(cellOf('prediction', 'measured')).toBe('20')
    expect(cellOf('recall', 'answers_right')).toBe('1')
    expect(cellOf('run', 'usable')).toBe('true')
    expect(cellOf('command', 'when')).toBe('1970-01-01T00:00:00.001Z')
  })
  it('marks a run whose metrics are unusable, and leaves the mark empty if that is not known', () => {
    const [header = [], ...rows] = readCsv(
      asCsv([
        { ...run('a'), usable: false },
        { ...run('b'), usable: undefined },
      ]),
    )
    expect(rows.map((row) => row[header.indexOf('usable')])).toEqual(['false', ''])
  })
  it('keeps quotes, commas and line breaks inside their cell', () => {
    const text = 'a "b", c;\r\nd\n=e'
    expect(readCsv(asCsv([command('x', 1, text)]))[1]).toContain(text)
  })
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '＝1+1',
    '=HYPERLINK("http://evil.example";"x")',
  ])('starts no formula with %j', (text) => {
    const items: NotebookItem[] = [
      command('x', 1, text),
      prediction({ ask: text, said: text, measured: text, unit: text, lesson: text }),
      { ...command('y'), id: `command:${text}` },
    ]
    for (const row of readCsv(asCsv(items))) {
      for (const cell of row) expect(cell).not.toMatch(/^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/)
    }
    expect(asCsv(items)).toContain(`"'${text.replaceAll('"', '""')}"`)
  })
  it('makes text of a negative number, too', () => {
    expect(readCsv(asCsv([prediction({ said: -5 })]))[1]).toContain("'-5")
  })
})

describe('Markdown', () => {
  it('tells of everything, by lesson, with units', () => {
    const text = asMarkdown(everyKind, outline(), NOW)
    expect(text).toContain('## Serve the same value for ten seconds')
    expect(text).toMatch(/Said: 1\scall\. Measured: 20\scalls\./)
    expect(text).toMatch(/hit rate 98\.0\s%.*p99 204\sms/)
    expect(text).toContain('It rests.')
    expect(text).toMatch(/done\. Seen: \\#1 miss, 203 ms; \\#2 hit \(2\shints\)/)
    expect(text).toContain('```sh\nhey -n 1\n```')
  })
  it('marks a run whose metrics are unusable', () => {
    const marked = (usable: boolean) => asMarkdown([{ ...run('a'), usable }], outline(), NOW)
    expect(marked(false)).toContain('**Unusable: don’t use these metrics.**')
    expect(marked(true)).not.toContain('Unusable')
  })
  it.each([
    '2025. It fell to 3.5 ms (p99) in 1.5 s.',
    '1) first',
    '- 5 % + 3',
    '+1 = 2',
    'a_b_c * 2 ~ #3 | `x` \\ & <b> [c](d) !',
    '&amp; &#35;',
  ])('shows %j as it was written', async (text) => {
    const given = [{ ...prediction(), ask: text, experiment: 'no-such', id: 'prediction:no-such' }]
    const { default: Rendered } = await evaluate(asMarkdown(given, outline(), NOW), {
      ...runtime,
      format: 'md',
      remarkPlugins: [remarkGfm],
    })
    const html = renderToStaticMarkup(createElement(Rendered))
    const item = /<li>([\s\S]*?)<\/li>/.exec(html)?.[1] ?? ''
    const shown = item.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: '<', gt: '>', amp: '&' })[name as 'lt'])
    expect(shown.slice(0, text.length + 6)).toBe(`${text} Said:`)
  })
  it('takes nothing that was written for Markdown or HTML', () => {
    const evil = '<img src=x onerror=alert(1)> [a](javascript:x) `b`\n# c'
    const text = asMarkdown(
      [
        { ...prediction(), ask: evil, experiment: 'no-such', id: 'prediction:no-such' },
        command('x', 1, '```\n<script>'),
      ],
      outline(),
      NOW,
    )
    expect(text).toContain('\\<img src=x onerror=alert(1)\\> \\[a\\](javascript:x) \\`b\\` \\# c')
    expect(text).toContain('````sh\n```\n<script>\n````')
  })
})

describe('JSON', () => {
  it('is read back as it was', () => {
    expect(readExport(asJson(everyKind, NOW), NOW)).toEqual({ ok: true, items: everyKind, refused: [] })
  })
  it.each([
    ['{"format"', 'not JSON'],
    ['null', 'no notebook'],
    ['[]', 'no notebook'],
    ['{"format":"other","items":[]}', 'no notebook'],
    ['{"format":"hitrate-notebook","version":2,"items":[]}', 'has version 2'],
    ['{"format":"hitrate-notebook","items":[]}', 'has version none'],
  ])('%s is refused as a whole', (text, why) => {
    expect(readExport(text, NOW)).toMatchObject({ ok: false, why: expect.stringContaining(why) as string })
  })
  it('is refused where it holds more than two notebooks could', () => {
    const many = asJson(
      Array.from({ length: ITEMS * 2 + 1 }, (_, i) => run(`${i}`)),
      NOW,
    )
    expect(readExport(many, NOW).ok).toBe(false)
  })
  it('takes what is sound, and names the item and the field of what is not', () => {
    const items = [
      command('a'),
      { ...command('b'), text: '' },
      { ...command('c'), html: '<b>' },
      { kind: 'doodle', id: 'doodle:d', at: 1 },
      { ...run('e'), hitRate: 'many' },
      'f',
    ]
    const read = readExport(JSON.stringify({ format: 'hitrate-notebook', version: 1, items }), NOW)
    expect(read).toMatchObject({ ok: true, items: [command('a')] })
    const refused = read.ok ? read.refused : []
    expect(refused).toHaveLength(5)
    expect(refused[0]).toMatch(/^Item 2 \(command:b\), field text: /)
    expect(refused[1]).toBe('Item 3 (command:c), field html: isn’t a field here')
    expect(refused[2]).toMatch(/^Item 4 \(doodle:d\), field kind: /)
    expect(refused[3]).toMatch(/^Item 5 \(run:e\), field hitRate: /)
    expect(refused[4]).toMatch(/^Item 6: /)
  })
  it('takes nothing as from later than now', () => {
    const read = readExport(asJson([command('a', NOW + 1)], NOW), NOW)
    expect(read).toMatchObject({ ok: true, items: [{ at: NOW }] })
  })
})
