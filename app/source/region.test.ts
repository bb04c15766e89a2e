import { describe, expect, it } from 'vitest'
import { linesWith, regionOf } from './region'

const TEXT = ['a', '  // #region read', '  if (x) {', '    y()', '  }', '  // #endregion', 'b', ''].join('\n')

describe('a region of a file', () => {
  it('loses the indentation that its lines share', () => {
    expect(regionOf(TEXT, 'read', 'f.ts')).toEqual({ code: 'if (x) {\n  y()\n}', firstLine: 3 })
  })
  it('is the whole file where none is named, without markers', () => {
    expect(regionOf(TEXT, undefined, 'f.ts').code).toBe('a\n  if (x) {\n    y()\n  }\nb')
  })
  it('is marked in Python as Python marks comments', () => {
    const python = ['# #region read', 'def f():', '    # #region inner', '    return 1', '# #endregion'].join('\n')
    expect(regionOf(python, 'read', 'f.py')).toEqual({ code: 'def f():\n    return 1', firstLine: 2 })
  })
  it('stops the build where it is not there', () => {
    expect(() => regionOf(TEXT, 'gone', 'f.ts')).toThrow('f.ts has no region gone')
    expect(() => regionOf('// #region read\nx', 'read', 'f.ts')).toThrow('does not end')
  })
  it('stops the build where a line that a lesson speaks of is gone', () => {
    expect(linesWith('a\nb c', ['c', 'a'], 'f.ts')).toEqual([1, 0])
    expect(() => linesWith('a', ['gone'], 'f.ts')).toThrow('f.ts has no line with “gone”')
  })
})
