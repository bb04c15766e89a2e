import { dependencies, version } from '../package.json'

/** What this app is made of, as far as it bears on a figure. Dependencies are pinned: the lockfile has these very ones. */
export const versions: Readonly<Record<string, string>> = {
  hitrate: version,
  node: process.versions.node,
  next: dependencies.next,
  undici: dependencies.undici,
  ioredis: dependencies.ioredis,
  'lru-cache': dependencies['lru-cache'],
}
