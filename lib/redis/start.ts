import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import { type Command, supervise } from '../cli/child'
import { findExecutable } from '../cli/find-executable'
import { nodeCommand } from '../cli/node-command'
import { privateFolder } from '../cli/private-folder'
import type { Service } from '../cli/service'

const SOCKET = 'redis.sock'
/** Small enough for a laptop full of labs, large enough that a lesson evicts only when it means to. */
const MAX_MEMORY = '64mb'
/** How long an external server may take to say who it is. */
const EXTERNAL_MS = 3_000

/** Where a real Redis server is on this machine, Valkey first. */
export function findRedis(path?: string): string | undefined {
  return findExecutable(['valkey-server', 'redis-server'], path)
}

/**
 * Find or start Redis: `REDIS_URL`, else a private server of ours, else an emulated one.
 * @param options.emulate take the emulated one though there is a real one.
 * @throws where `REDIS_URL` does not answer.
 */
export async function startRedis(
  options: { url?: string; path?: string; emulate?: boolean; log?: (line: string) => void } = {},
): Promise<Service> {
  const { url = process.env.REDIS_URL, path, emulate = false, log } = options
  if (url) return external(url)
  const binary = emulate ? undefined : findRedis(path)
  const folder = privateFolder(SOCKET)
  const { socket } = folder

  try {
    const child = await supervise({
      name: 'redis',
      command: () => {
        folder.renew()
        return binary
          ? real(binary, folder.path, socket)
          : nodeCommand(new URL('./emulated.ts', import.meta.url), socket)
      },
      ready: /ready to accept connections/i,
      signal: 'TERM',
      folder: folder.path,
      reachable: () => existsSync(socket),
      log,
    })
    return {
      address: {
        kind: binary ? 'local' : 'emulated',
        url: `redis+unix://${socket}`,
        name: binary ? await versionOf(binary) : `js-redis-server ${emulatedVersion()}`,
      },
      where: `unix:${socket}`,
      stop: () => child.stop(),
    }
  } catch (error) {
    folder.remove()
    throw error
  }
}

function real(command: string, folder: string, socket: string): Command {
  const options = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: folder,
    save: '',
    appendonly: 'no',
    maxmemory: MAX_MEMORY,
    'maxmemory-policy': 'allkeys-lru',
  }
  return { command, args: Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]) }
}

async function external(url: string): Promise<Service> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: EXTERNAL_MS, retryStrategy: () => null })
  // The rejection of `connect` says less than the event before it.
  let cause: unknown
  redis.on('error', (error) => {
    cause = error
  })
  try {
    await redis.connect()
    const info = await redis.info('server')
    const valkey = /valkey_version:(\S+)/.exec(info)?.[1]
    const version = valkey ?? /redis_version:(\S+)/.exec(info)?.[1] ?? ''
    const name = `${valkey ? 'valkey' : 'redis'} ${version}`.trim()
    return { address: { kind: 'external', url, name }, where: hidePassword(url), stop: async () => {} }
  } catch (error) {
    const why = cause instanceof Error ? cause.message : String(error)
    throw new Error(`REDIS_URL (${hidePassword(url)}) does not answer: ${why}`, { cause: cause ?? error })
  } finally {
    redis.disconnect()
  }
}

/** A URL as it may be printed. */
export function hidePassword(url: string): string {
  return url.replace(/(:\/\/[^/@]*):[^/@]*@/, '$1:***@')
}

async function versionOf(binary: string): Promise<string> {
  const { stdout } = await promisify(execFile)(binary, ['--version'])
  const version = /v=(\S+)/.exec(stdout)?.[1] ?? ''
  return `${/valkey/i.test(stdout) ? 'valkey' : 'redis'} ${version}`.trim()
}

function emulatedVersion(): string {
  const main = createRequire(import.meta.url).resolve('js-redis-server')
  const manifest: unknown = createRequire(import.meta.url)(join(main, '../../package.json'))
  return manifest && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : ''
}
