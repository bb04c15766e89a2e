import {
  chmodSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Service } from '../cli/service'
import { guardOf, isRunning } from '../testing/processes'
import { isAway, openDatabase } from './database'
import { mark, unfinishedFolder } from './own-folder'
import { startEmbedded, startPostgres } from './start'

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'hitrate-data-'))
  chmodSync(home, 0o755)
})
afterAll(() => rmSync(home, { recursive: true }), 60_000)

const lockOf = (slot: string) => join(home, slot, 'postmaster.pid')
const pidOf = (slot: string) => Number(readFileSync(lockOf(slot), 'utf8').split('\n')[0])
const folderOf = ({ address }: Service) => new URL(address.url).searchParams.get('host') ?? ''
const slots = () => readdirSync(home).filter((name) => name.startsWith('pg-'))

test('two starts at once take a folder each, and leave them to the next', async () => {
  const both = await Promise.all([startEmbedded({ home }), startEmbedded({ home })])
  expect(slots().sort()).toEqual(['pg-0', 'pg-1'])
  expect(new Set(['pg-0', 'pg-1'].map(pidOf)).size).toBe(2)
  for (const service of both) {
    expect(service.address).toMatchObject({
      kind: 'local',
      name: expect.stringMatching(/^postgres \d+\.\d+$/) as string,
    })
    // Others get neither through the folder nor, were it open, through the socket.
    expect(statSync(folderOf(service)).mode & 0o777).toBe(0o700)
    expect(statSync(join(folderOf(service), '.s.PGSQL.5432')).mode & 0o777).toBe(0o700)
  }
  const pids = ['pg-0', 'pg-1'].map(pidOf)
  await Promise.all(both.map((service) => service.stop()))
  expect(pids.some(isRunning)).toBe(false)
  expect(both.map(folderOf).some(existsSync)).toBe(false)

  const again = await startEmbedded({ home })
  onTestFinished(() => again.stop())
  expect(slots().sort()).toEqual(['pg-0', 'pg-1'])
  expect(pidOf('pg-0')).toBeGreaterThan(0)
}, 120_000)

test.runIf(process.getuid?.() === 0)(
  'a folder that the user of Postgres can’t enter keeps its mode, and the data is where that user can go',
  async () => {
    const closed = mkdtempSync(join(tmpdir(), 'hitrate-closed-'))
    const lines: string[] = []
    const service = await startEmbedded({ home: closed, log: (line) => lines.push(line) })
    const other = /its data is in (\S+)$/.exec(lines[0] ?? '')?.[1] ?? ''
    onTestFinished(async () => {
      await service.stop()
      for (const folder of [closed, other]) if (folder !== '') rmSync(folder, { recursive: true, force: true })
    })
    expect(statSync(closed).mode & 0o777).toBe(0o700)
    expect(readdirSync(closed)).toEqual([])
    expect(readdirSync(other)).toContain('pg-0')
  },
)

test('a database from before there were marks is still used', async () => {
  const before = slots()
  for (const slot of before) rmSync(join(home, slot, 'hitrate-made-this'))
  const service = await startEmbedded({ home })
  onTestFinished(() => service.stop())
  expect(slots()).toEqual(before)
}, 120_000)

test('a lock whose holder is another program by now holds nothing', async () => {
  const first = await startEmbedded({ home })
  await first.stop()
  // This test's own process: alive, and no Postgres.
  writeFileSync(lockOf('pg-0'), `${process.pid}\n${join(home, 'pg-0')}\n`, { mode: 0o600 })
  const second = await startEmbedded({ home })
  onTestFinished(() => second.stop())
  expect(pidOf('pg-0')).not.toBe(process.pid)
}, 120_000)

describe('the folder for data', () => {
  const folderIn = (parent: string, name: string, mode: number): string => {
    const path = join(parent, name)
    mkdirSync(path)
    chmodSync(path, mode)
    return path
  }
  const anHourAgo = (path: string) => lutimesSync(path, Date.now() / 1000 - 3_700, Date.now() / 1000 - 3_700)

  test('keeps its mode and everything in it that isn’t marked as ours', async () => {
    // Root's Postgres runs as nobody, who has to get through it.
    const own = folderIn(home, 'shared', 0o711)
    const theirs = ['pg-1.backup', 'postgres-prod.backup', 'pg-0', 'elsewhere'].map((name) =>
      folderIn(own, name, 0o700),
    )
    writeFileSync(join(own, 'pg-0/postmaster.pid'), '1\n')
    writeFileSync(join(own, 'pg-2.backup'), 'a file')
    mark(join(own, 'elsewhere'))
    symlinkSync(join(own, 'elsewhere'), join(own, 'pg-3.backup'))
    for (const name of readdirSync(own)) anHourAgo(join(own, name))
    const abandoned = unfinishedFolder(join(own, 'pg-0'))
    anHourAgo(abandoned)
    const underWay = unfinishedFolder(join(own, 'pg-0'))

    const service = await startEmbedded({ home: own })
    onTestFinished(() => service.stop())
    const made = (name: string) => name.startsWith('postgres-1')
    expect(readdirSync(own).filter((name) => !made(name))).toEqual(
      [...theirs.map((path) => basename(path)), 'pg-2.backup', 'pg-3.backup', 'pg-1', basename(underWay)].sort(),
    )
    expect(readFileSync(join(own, 'pg-0/postmaster.pid'), 'utf8')).toBe('1\n')
    expect(statSync(own).mode & 0o777).toBe(0o711)
  }, 120_000)

  test.runIf(process.getuid?.() === 0)(
    'made by root lets the user in who runs Postgres, whatever the umask',
    async () => {
      const umask = process.umask(0o077)
      onTestFinished(() => void process.umask(umask))
      const service = await startEmbedded({ home: join(home, 'new/data') })
      onTestFinished(() => service.stop())
      expect(['new', 'new/data'].map((name) => statSync(join(home, name)).mode & 0o777)).toEqual([0o755, 0o755])
    },
    60_000,
  )
})

describe('a Postgres that goes away', () => {
  test('is told apart from a wrong statement, comes back at the same place, and is found again', async () => {
    const lines: string[] = []
    const service = await startEmbedded({ home, log: (line) => lines.push(line) })
    const database = openDatabase(service.address)
    onTestFinished(async () => {
      await database.close()
      await service.stop()
    })
    const ask = () => database.db.execute(sql`select 1`)
    expect(await database.ping()).toBe(true)
    const wrong: unknown = await database.db.execute(sql`select nothing`).catch((error: unknown) => error)
    expect(wrong).toBeInstanceOf(Error)
    expect(isAway(wrong)).toBe(false)

    const cut = database.db.execute(sql`select pg_sleep(60)`).catch((error: unknown) => error)
    const sleeping = sql`select pid from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'`
    await expect.poll(async () => (await database.db.execute(sleeping)).rows).toHaveLength(1)
    process.kill(pidOf('pg-0'), 'SIGKILL')
    expect(isAway(await cut)).toBe(true)

    // While it is away every question is answered with a failure of that kind, or already with success.
    const failures: unknown[] = []
    const answers = () =>
      ask().then(
        () => true,
        (error: unknown) => failures.push(error) < 0,
      )
    await expect.poll(answers, { timeout: 60_000 }).toBe(true)
    expect(failures.filter((error) => !isAway(error))).toEqual([])
    // It may be recovering still, and have more to do than answer us within half a second.
    await expect.poll(() => database.ping(), { timeout: 60_000 }).toBe(true)
    expect(lines[0]).toBe('postgres ended (signal 9); starting it again')
  }, 120_000)

  test('comes back at the same place when its guard is killed, and when its folder is removed', async () => {
    const service = await startEmbedded({ home, log: () => {} })
    const database = openDatabase(service.address)
    onTestFinished(async () => {
      await database.close()
      await service.stop()
    })
    const comesBack = async (before: number) => {
      await expect.poll(() => isRunning(before), { timeout: 60_000 }).toBe(false)
      await expect.poll(() => database.ping(), { timeout: 60_000 }).toBe(true)
      expect(statSync(folderOf(service)).mode & 0o777).toBe(0o700)
    }
    const first = pidOf('pg-0')
    process.kill(guardOf(first), 'SIGKILL')
    await comesBack(first)
    const second = pidOf('pg-0')
    rmSync(folderOf(service), { recursive: true })
    await comesBack(second)
  }, 120_000)

  test('that hangs is no longer waited for', async () => {
    const service = await startEmbedded({ home })
    const database = openDatabase(service.address)
    const pid = pidOf('pg-0')
    onTestFinished(async () => {
      process.kill(pid, 'SIGCONT')
      await service.stop()
      await database.close()
    })
    process.kill(pid, 'SIGSTOP')
    const before = performance.now()
    expect(await database.ping()).toBe(false)
    expect(performance.now() - before).toBeLessThan(1_000)
  }, 120_000)
})

test('a DATABASE_URL that does not answer is named, without its password', async () => {
  const starting = startPostgres({ url: 'postgresql://me:secret@127.0.0.1:1/db' })
  await expect(starting).rejects.toThrow(
    /^DATABASE_URL \(postgresql:\/\/me:\*\*\*@127\.0\.0\.1:1\/db\) cannot be used: /,
  )
  await expect(starting).rejects.toThrow('ECONNREFUSED')
})

test('a DATABASE_URL is used, and is nobody’s to stop', async () => {
  const mine = await startEmbedded({ home })
  onTestFinished(() => mine.stop())
  const theirs = await startPostgres({ url: mine.address.url })
  expect(theirs.address).toEqual({ ...mine.address, kind: 'external' })
  await theirs.stop()
  const database = openDatabase(theirs.address)
  onTestFinished(() => database.close())
  expect(await database.ping()).toBe(true)
}, 120_000)
