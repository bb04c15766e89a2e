import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { isAlive } from './alive'
import { spawnGuarded } from './child'
import { writePageHashes } from './csp'

/** What a build is made from. */
const SOURCES = ['app', 'lessons', 'lib', 'public', 'package.json', 'package-lock.json']
const ROOT_CONFIG = /^(next\.config|postcss\.config|mdx-components|tsconfig)\b/
/** Neither of these ends up in a build. */
const LEFT_OUT = /\.test\.tsx?$/
const STAMP = '.next/hitrate.stamp'
/** Who builds, and who runs, in this project: two starts must not build over each other. */
const STATE = '.data'

export interface BuildOptions {
  /** Build though nothing changed. */
  force?: boolean
  /** Where Next's own output goes. Left out: it is shown only where the build fails. */
  output?: (text: string) => void
  /** Told of what a reader should know: that another is building, or running what is about to change. */
  say?: (line: string) => void
}

/**
 * Build, unless what is there was made from these very sources.
 * @returns whether it was built.
 * @throws where the build fails.
 */
export async function build(
  project: string,
  { force = false, output, say = () => {} }: BuildOptions = {},
): Promise<boolean> {
  const sources = hashSources(project)
  if (!force && isBuilt(project, sources)) return false
  return locked(project, say, async () => {
    // Whoever held the lock may just have done it.
    if (!force && isBuilt(project, sources)) return false
    const others = running(project)
    if (others.length > 0) {
      say(
        `The sources changed: process ${others.join(', ')} serves the build that is replaced now, and must be started again.`,
      )
    }
    rmSync(join(project, STAMP), { force: true })
    await nextBuild(project, output)
    writePageHashes(project)
    writeFileSync(join(project, STAMP), sources)
    return true
  })
}

/** Say that this process serves the build of `project`, until the returned function is called. */
export function register(project: string): () => void {
  const folder = join(project, STATE, 'running')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, String(process.pid))
  writeFileSync(file, '')
  return () => rmSync(file, { force: true })
}

/** A hash of the contents of everything that a build is made from. */
export function hashSources(project: string): string {
  const hash = createHash('sha256')
  const configs = readdirSync(project).filter((name) => ROOT_CONFIG.test(name))
  for (const name of [...SOURCES, ...configs]) {
    for (const file of filesOf(project, name))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(project, file)))
        .update('\0')
  }
  return hash.digest('hex')
}

function filesOf(project: string, name: string): string[] {
  const path = join(project, name)
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [name]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !LEFT_OUT.test(entry.name))
  return files.map(({ parentPath, name: file }) => join(parentPath, file).slice(project.length + 1)).sort()
}

function isBuilt(project: string, sources: string): boolean {
  const stamp = join(project, STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sources && existsSync(join(project, '.next/BUILD_ID'))
}

async function nextBuild(project: string, output?: (text: string) => void): Promise<void> {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  // Next takes NODE_ENV at its word, and ours may say test or development.
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawnGuarded({ command: process.execPath, args: [next, 'build'] }, { env, cwd: project })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      output?.(piece)
    })
  }
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`The build failed.${output ? '' : `\n${text.trim()}`}`)
}

async function locked<T>(project: string, say: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const lock = join(project, STATE, 'build.lock')
  mkdirSync(join(project, STATE), { recursive: true })
  let told = false
  while (!take(lock)) {
    const holder = holderOf(lock)
    if (holder === undefined) continue
    if (!isAlive(holder)) {
      rmSync(lock, { force: true })
      continue
    }
    if (!told) say(`Waiting for the build of process ${holder}.`)
    told = true
    await wait(100)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Take the lock: a link to a file that already says who we are, so that nobody reads an empty one. */
function take(lock: string): boolean {
  const mine = `${lock}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  try {
    linkSync(mine, lock)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(mine, { force: true })
  }
}

function holderOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    // Given back meanwhile.
    return undefined
  }
}

/** The other processes that serve this build. Those that were killed have left their files, which are removed now. */
function running(project: string): string[] {
  const folder = join(project, STATE, 'running')
  if (!existsSync(folder)) return []
  const others = readdirSync(folder).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  for (const pid of others) if (!isAlive(Number(pid))) rmSync(join(folder, pid), { force: true })
  return others.filter((pid) => isAlive(Number(pid)))
}

// `npm run build`. Node names a module by its real path, and its argument as it was given.
if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const write = (text: string) => process.stdout.write(text)
  await build(process.cwd(), { force: true, output: write, say: console.log }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
