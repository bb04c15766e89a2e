import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The file that marks a folder as made by us, and what it says to the person who finds it. */
const MARKER = 'hitrate-made-this'
const SAYS = 'Hitrate made this folder. A later start removes it if this one was ended before it was done.\n'
/** After this long no start is still working in an unfinished folder. */
const ABANDONED_MS = 3_600_000

/** Marks a folder as made by us. Nothing without the mark is ever used or removed. */
export const mark = (folder: string): void => writeFileSync(join(folder, MARKER), SAYS)

export const isMarked = (folder: string): boolean => existsSync(join(folder, MARKER))

/**
 * Makes a folder, such as `pg-0.a1b2c3`, in which something is prepared that moves to `path` once it's whole. The caller
 * removes it; {@link removeUnfinished} removes those of starts that were killed.
 */
export function unfinishedFolder(path: string): string {
  const folder = mkdtempSync(`${path}.`)
  mark(folder)
  return folder
}

/** Removes the unfinished folders in `home` that starts left more than an hour ago, and nothing that we haven't marked. */
export function removeUnfinished(home: string): void {
  for (const name of readdirSync(home)) {
    const path = join(home, name)
    if (!/^(pg-\d+|postgres-.+)\.\w{6}$/.test(name)) continue
    const found = lstatSync(path)
    // A link to a folder of ours is still somebody else's link.
    if (!found.isDirectory() || !isMarked(path) || Date.now() - found.mtimeMs < ABANDONED_MS) continue
    rmSync(path, { recursive: true, force: true })
  }
}
