import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isAlive } from '../cli/alive'
import { ChildFailed, supervise } from '../cli/child'
import { privateFolder } from '../cli/private-folder'
import type { Service } from '../cli/service'
import { hidePassword } from '../redis/start'
import { postgresBinaries, type User, unprivilegedUser } from './binaries'
import { isMarked, mark, removeUnfinished, unfinishedFolder } from './own-folder'
import { prepare } from './prepare'

const USER = 'hitrate'
const DATABASE = 'postgres'
const PORT = '5432'
const SOCKET = `.s.PGSQL.${PORT}`
/** Starts of one checkout that can run at once, each with a data folder of its own. */
const SLOTS = 8
/** How long a Postgres that is stopping is waited for, before the next slot is taken. */
const STOPPING_MS = 3_000

/** For a small machine, one reader, and data that can be made again. */
const TUNING = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '64MB',
  max_connections: '60',
  // Nothing replicates; a table filled in the transaction that emptied it then needs no log.
  wal_level: 'minimal',
  max_wal_senders: '0',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
}

export interface PostgresOptions {
  /** `DATABASE_URL`: used instead of one of our own. */
  url?: string
  /** Where data folders are kept. Default: {@link dataHome}. */
  home?: string
  /** Told of what takes long: the first start. */
  progress?: (text: string) => void
  log?: (line: string) => void
}

/**
 * Where data folders are kept between starts: `HITRATE_DATA`, else `.data` of the project. Root's projects are often
 * in folders that nobody else may enter, so root's data are under /var/lib, by project.
 */
export function dataHome(env = process.env, project = process.cwd()): string {
  if (env.HITRATE_DATA) return resolve(env.HITRATE_DATA)
  if (process.getuid?.() !== 0) return join(project, '.data')
  return rootsHome(project)
}

/** A folder of ours that the user who runs Postgres for root can enter, one per `path`. */
const rootsHome = (path: string): string =>
  join('/var/lib/hitrate', createHash('sha256').update(path).digest('hex').slice(0, 12))

/** Whether a user other than root may pass through a folder and all that it is in. */
function canEnter(folder: string, { uid, gid }: NonNullable<User>): boolean {
  const found = statSync(folder)
  const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001
  const parent = dirname(folder)
  return (found.mode & bit) !== 0 && (parent === folder || canEnter(parent, { uid, gid }))
}

/**
 * Find or start Postgres, with tables made and filled: `DATABASE_URL`, else one of our own in the first data folder that
 * no other start is using.
 * @throws where `DATABASE_URL` does not answer, or Postgres cannot run here.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Service> {
  const { url = process.env.DATABASE_URL, home = dataHome(), progress = () => {}, log } = options
  if (url) {
    const version = await prepare(url, progress).catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`DATABASE_URL (${hidePassword(url)}) cannot be used: ${why}`, { cause })
    })
    return {
      address: { kind: 'external', url, name: `postgres ${version}` },
      where: hidePassword(url),
      stop: async () => {},
    }
  }

  const service = await startEmbedded({ home, progress, log })
  try {
    await prepare(service.address.url, progress)
    return service
  } catch (error) {
    await service.stop()
    throw error
  }
}

/**
 * Starts a Postgres of our own, as it was left or empty, in the first slot of `home` that is free. If the user who runs
 * it can't enter `home`, which only root meets, the slots are in a folder of ours instead, and `log` says so.
 */
export async function startEmbedded({
  home: given = dataHome(),
  progress,
  log,
}: Omit<PostgresOptions, 'url'>): Promise<Service> {
  const user = unprivilegedUser()
  makeHome(given, user)
  const home = !user || canEnter(given, user) ? given : rootsHome(given)
  if (home !== given) {
    makeHome(home, user)
    log?.(`postgres runs as nobody, who can't enter ${given}: its data is in ${home}`)
  }
  removeUnfinished(home)
  const binaries = postgresBinaries(home, user)
  return inFirstFreeSlot(home, async (slot) => {
    if (!existsSync(slot)) {
      progress?.('making a database')
      await initialise(binaries, slot, user)
    }
    return run(binaries, slot, user, log)
  })
}

/** Makes the folder for data, open to the user who runs Postgres. One that was there before is left as it is. */
function makeHome(home: string, user: User): void {
  const first = mkdirSync(home, { recursive: true })
  if (!first || !user) return
  for (let made = home; made.length >= first.length; made = dirname(made)) chmodSync(made, 0o755)
}

async function inFirstFreeSlot<T>(home: string, start: (slot: string) => Promise<T>): Promise<T> {
  for (let n = 0; n < SLOTS; n++) {
    const slot = join(home, `pg-${n}`)
    if (existsSync(slot) && !isOurs(slot)) continue
    const patience = Date.now() + STOPPING_MS
    for (;;) {
      const holder = lockOf(slot)
      if (!holder) {
        try {
          return await start(slot)
        } catch (error) {
          // Postgres's own lock decides: another start was quicker.
          if (!(error instanceof ChildFailed && error.lines.some((line) => line.includes('postmaster.pid'))))
            throw error
          break
        }
      }
      if (!holder.stopping || Date.now() > patience) break
      await wait(50)
    }
  }
  throw new Error(
    `All ${SLOTS} databases in ${home} are in use or not Hitrate's: stop another start, or set HITRATE_DATA.`,
  )
}

/**
 * Whether a data folder is ours: it carries our mark, or the Postgres in it was last started with a socket folder of
 * ours, which marks those from before there was a mark.
 */
function isOurs(slot: string): boolean {
  if (isMarked(slot)) return true
  const options = join(slot, 'postmaster.opts')
  if (!existsSync(options) || !/unix_socket_directories=\S*\/hitrate-/.test(readFileSync(options, 'utf8'))) return false
  mark(slot)
  return true
}

/**
 * Who runs a Postgres in this slot. A lock whose holder is gone, or is some other program by now, is removed: Postgres
 * would only see that a process of that number is alive.
 */
function lockOf(slot: string): { stopping: boolean } | undefined {
  const file = join(slot, 'postmaster.pid')
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  const lines = text.split('\n')
  if (isPostgres(Number(lines[0]))) return { stopping: lines[7]?.trim() === 'stopping' }
  rmSync(file, { force: true })
}

function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
  } catch {
    // No /proc, as on macOS: alive is all that we know.
    return true
  }
}

/** Makes a data folder next to the slot and moves it there whole, so that a killed start leaves no half of one. */
async function initialise(binaries: string, slot: string, user: User): Promise<void> {
  const unfinished = unfinishedFolder(slot)
  try {
    if (user) chownSync(unfinished, user.uid, user.gid)
    const options = ['--auth=trust', `--username=${USER}`, '--encoding=UTF8', '--locale=C', '--no-instructions']
    const data = join(unfinished, 'data')
    await promisify(execFile)(join(binaries, 'initdb'), [`--pgdata=${data}`, ...options], { cwd: '/', ...user })
    mark(data)
    if (!existsSync(slot)) renameSync(data, slot)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

async function run(binaries: string, slot: string, user: User, log?: (line: string) => void): Promise<Service> {
  const folder = privateFolder(SOCKET, user)
  const settings = { ...TUNING, port: PORT, unix_socket_directories: folder.path }
  try {
    const child = await supervise({
      name: 'postgres',
      command: () => {
        folder.renew()
        lockOf(slot)
        return {
          command: join(binaries, 'postgres'),
          args: ['-D', slot, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
        }
      },
      ready: /ready to accept connections/,
      readyMs: 60_000,
      // Fast shutdown: it ends the sessions instead of waiting for them.
      signal: 'INT',
      graceMs: 5_000,
      folder: folder.path,
      reachable: () => existsSync(folder.socket),
      user,
      log,
    })
    const version = /PostgreSQL (\S+)/.exec(child.lines.join('\n'))?.[1] ?? ''
    return {
      address: {
        kind: 'local',
        url: `postgresql:///${DATABASE}?${new URLSearchParams({ host: folder.path, port: PORT, user: USER })}`,
        name: `postgres ${version}`,
      },
      where: `unix:${folder.socket}`,
      stop: () => child.stop(),
    }
  } catch (error) {
    folder.remove()
    throw error
  }
}
