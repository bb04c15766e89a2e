import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * The Content-Security-Policy without nonces, which would make every page dynamic: after the build each prerendered page
 * is read, and the inline scripts that Next put there are named in its policy by their hashes.
 */

/** Written beside Next's own manifests. */
const FILE = '.next/csp.json'
const PAGES = '.next/server/app'
/** The pages that answer at any path. */
const ANYWHERE = ['/_not-found', '/_global-error']

const pages = z.record(z.string(), z.array(z.string()))
/** The hashes of the inline scripts of each prerendered page, by its path. */
export type PageHashes = z.infer<typeof pages>

/** The CSP sources of the inline scripts of a page: `'sha256-…'`. */
export function inlineScriptHashes(html: string): string[] {
  const hashes = new Set<string>()
  for (const [, attributes = '', script = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    if (/\ssrc\s*=/i.test(attributes)) continue
    hashes.add(`'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  }
  return [...hashes]
}

/** Read every prerendered page of the build in `project`, and keep the hashes beside it. */
export function writePageHashes(project: string): PageHashes {
  const folder = join(project, PAGES)
  const found: PageHashes = {}
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.html')) continue
    const path = `/${file.slice(0, -'.html'.length).replaceAll('\\', '/')}`
    found[path === '/index' ? '/' : path] = inlineScriptHashes(readFileSync(join(folder, file), 'utf8'))
  }
  writeFileSync(join(project, FILE), JSON.stringify(found))
  return found
}

export function readPageHashes(project: string): PageHashes {
  return pages.parse(JSON.parse(readFileSync(join(project, FILE), 'utf8')))
}

/**
 * The policy of what is answered at a path: a page's own, that of the not-found page where no page is, and for data and
 * files one that lets them do nothing, should a browser be made to show them as a page.
 */
export function pagePolicies(hashes: PageHashes): (path: string) => string {
  const own = new Map(Object.entries(hashes).map(([path, scripts]) => [path, policy(scripts)]))
  const anywhere = policy([...new Set(ANYWHERE.flatMap((page) => hashes[page] ?? []))])
  return (path) => own.get(path) ?? (mayBePage(path) ? anywhere : INERT_POLICY)
}

const NO_PAGES = /^\/(api|_next|healthz|edge|careless|workers)(\/|$)/

/** Whether a page may be at a path, or what says that none is: the rest is data and files. */
export const mayBePage = (path: string): boolean => !NO_PAGES.test(path)

const INERT_POLICY = "default-src 'none'; frame-ancestors 'none'"

/** In development scripts are made as they are needed, and a socket tells of changes. */
export const DEV_POLICY = policy(["'unsafe-inline'", "'unsafe-eval'"], ['ws:'])

function policy(scripts: string[], connections: string[] = []): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scripts].join(' '),
    // React and the chart write style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...connections].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
