import { chmodSync, existsSync, mkdirSync, rmdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { type PrivateFolder, privateFolder } from './private-folder'

function make(): PrivateFolder {
  const folder = privateFolder('a.sock')
  onTestFinished(() => folder.remove())
  return folder
}

test('a folder that was removed is made again at the same path, for its owner alone', () => {
  const folder = make()
  rmdirSync(folder.path)
  folder.renew()
  expect(statSync(folder.path).mode & 0o777).toBe(0o700)
})

test('a folder that is still there loses the socket of the server before, and nothing else', () => {
  const folder = make()
  for (const left of [folder.socket, `${folder.socket}.lock`, `${folder.path}/dump.rdb`]) writeFileSync(left, '')
  folder.renew()
  expect([folder.socket, `${folder.socket}.lock`, `${folder.path}/dump.rdb`].map(existsSync)).toEqual([
    false,
    false,
    true,
  ])
})

test.each([
  ['a link to another folder', (path: string) => symlinkSync(tmpdir(), path)],
  ['a folder that others may enter', (path: string) => chmodSync(mkdirSync(path, { recursive: true }) ?? path, 0o755)],
  ['a file', (path: string) => writeFileSync(path, '')],
])('%s at its path is refused', (_what, put) => {
  const folder = make()
  rmdirSync(folder.path)
  put(folder.path)
  expect(() => folder.renew()).toThrow(`${folder.path} isn't a private folder any more`)
})
