import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findExecutable } from '@/lib/cli/find-executable'

/** What is shown for comparison is not run here, so that no other test would notice a slip. */
const files = readdirSync('lessons', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.py'))
  .map((file) => join('lessons', file))
const python = findExecutable(['python3', 'python'])

const PARSE = `
import ast, sys
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        ast.parse(file.read(), name)
`

it('every Python file of the lessons is Python', () => {
  expect(files).toContain('lessons/same-value-for-ten-seconds/slow_value.py')
  if (!python) {
    console.warn(`NOT CHECKED: there is no python3 here, so nothing has parsed ${files.join(', ')}`)
    return
  }
  const { status, stderr } = spawnSync(python, ['-c', PARSE, ...files], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})
