import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { build, hashSources } from './build'

let project: string
const write = (file: string, text: string) => {
  mkdirSync(join(project, file, '..'), { recursive: true })
  writeFileSync(join(project, file), text)
}

beforeEach(() => {
  const made = mkdtempSync(join(tmpdir(), 'hitrate-build-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  project = made
  write('app/page.tsx', 'page')
  write('next.config.ts', 'config')
})

test.each([
  'app/page.tsx',
  'app/new.tsx',
  'lessons/a/lesson.mdx',
  'package-lock.json',
  'next.config.ts',
  'public/a.svg',
])('a change of %s asks for a build', (file) => {
  const before = hashSources(project)
  write(file, 'changed')
  expect(hashSources(project)).not.toBe(before)
})

test.each(['lib/a.test.ts', 'e2e/a.spec.ts', 'README.md', 'playwright.config.ts'])(
  'a change of %s does not',
  (file) => {
    const before = hashSources(project)
    write(file, 'changed')
    expect(hashSources(project)).toBe(before)
  },
)

test('a name moves with its content', () => {
  write('app/a.tsx', 'bc')
  const before = hashSources(project)
  rmSync(join(project, 'app/a.tsx'))
  write('app/ab.tsx', 'c')
  expect(hashSources(project)).not.toBe(before)
})

test('what was built from these sources is not built again', async () => {
  write('.next/hitrate.stamp', hashSources(project))
  write('.next/BUILD_ID', 'x')
  expect(await build(project)).toBe(false)
})
