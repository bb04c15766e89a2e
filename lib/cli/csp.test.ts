import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inlineScriptHashes, pagePolicies, readPageHashes, writePageHashes } from './csp'

const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`
const project = mkdtempSync(join(tmpdir(), 'hitrate-csp-'))
let policyOf: (path: string) => string

beforeAll(() => {
  const pages = {
    'index.html': '<script>home()</script>',
    'lessons/ttl.html': '<script>lesson()</script>',
    '_not-found.html': '<script>lost()</script>',
    '_global-error.html': '<script>broken()</script>',
    'lessons/ttl.rsc': '<script>no page</script>',
  }
  for (const [file, html] of Object.entries(pages)) {
    const path = join(project, '.next/server/app', file)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, html)
  }
  writePageHashes(project)
  policyOf = pagePolicies(readPageHashes(project))
})
afterAll(() => rmSync(project, { recursive: true }))

test('inline scripts are hashed to the byte, those with a src are left out, twins are named once', () => {
  const html = `<script src="/a.js"></script><SCRIPT id="x">\n one() </SCRIPT><script async src='/b.js'></script>
    <script>two("</div>")</script><script>two("</div>")</script><script data-src="no">three()</script>`
  expect(inlineScriptHashes(html)).toEqual([hash('\n one() '), hash('two("</div>")'), hash('three()')])
})

test('a page’s policy names its own scripts and no others', () => {
  expect(policyOf('/lessons/ttl')).toContain(`script-src 'self' ${hash('lesson()')};`)
  expect(policyOf('/')).toContain(`script-src 'self' ${hash('home()')};`)
})

test.each(['/nowhere', '/constructor', '__proto__'])('%s, where no page is, has the policy of not-found', (path) => {
  expect(policyOf(path)).toContain(`script-src 'self' ${hash('lost()')} ${hash('broken()')};`)
})

test.each(['/api', '/api/schema', '/healthz', '/_next/static/a.js'])('%s, which is no page, may do nothing', (path) => {
  expect(policyOf(path)).toBe("default-src 'none'; frame-ancestors 'none'")
})

test('nothing may frame us, and scripts are neither inline nor evaluated', () => {
  const policy = pagePolicies({})('/')
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("object-src 'none'")
})
