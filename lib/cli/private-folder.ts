import { chownSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The longest path that a unix socket can have is 104 bytes on macOS and 108 on Linux, the final NUL included. */
const SOCKET_PATH_BYTES = 103

/** A folder that only its owner may enter (0700), at one path for as long as its server is needed. */
export interface PrivateFolder {
  path: string
  /** The socket in it. */
  socket: string
  /**
   * Makes it again if it's gone, and removes what an earlier server left of its socket. Called before each start of the
   * server: temporary folders get cleared, and the guard of the earlier server removes the folder.
   * @throws if what is at its path by now isn't a private folder of the owner.
   */
  renew(): void
  remove(): void
}

/**
 * Makes a private folder for a socket.
 * @param socket the name of the socket: the folder's path is kept short enough for it.
 * @param owner the user who runs the server, if that isn't us.
 */
export function privateFolder(socket: string, owner?: { uid: number; gid: number }): PrivateFolder {
  const fits = (base: string) => Buffer.byteLength(join(base, 'hitrate-XXXXXX', socket)) <= SOCKET_PATH_BYTES
  // An ordinary TMPDIR of another user can be closed to the one who runs the server.
  const base = !owner && fits(tmpdir()) ? tmpdir() : '/tmp'
  const path = mkdtempSync(join(base, 'hitrate-'))
  const give = () => owner && chownSync(path, owner.uid, owner.gid)
  give()
  return {
    path,
    socket: join(path, socket),
    renew() {
      try {
        mkdirSync(path, { mode: 0o700 })
        give()
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
        // Everyone may write to the folder for temporary files, so another user can have taken the name.
        const found = lstatSync(path)
        const ours = found.isDirectory() && found.uid === (owner?.uid ?? process.getuid?.() ?? found.uid)
        if (!ours || (found.mode & 0o077) !== 0) throw new Error(`${path} isn't a private folder any more: remove it.`)
      }
      for (const left of [socket, `${socket}.lock`]) rmSync(join(path, left), { force: true })
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}
