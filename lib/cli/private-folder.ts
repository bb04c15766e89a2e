import { chownSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The longest path that a unix socket can have is 104 bytes on macOS and 108 on Linux, the final NUL included. */
const SOCKET_PATH_BYTES = 103

/**
 * Make a folder that only its owner may enter (0700), for a socket of this name.
 * @param socket the name of the socket that will be in it: the path is kept short enough for it.
 * @param owner who runs the server, where that is not us.
 */
export function privateFolder(socket: string, owner?: { uid: number; gid: number }): string {
  const fits = (base: string) => Buffer.byteLength(join(base, 'hitrate-XXXXXX', socket)) <= SOCKET_PATH_BYTES
  // An ordinary TMPDIR of another user can be closed to the one who runs the server.
  const base = !owner && fits(tmpdir()) ? tmpdir() : '/tmp'
  const folder = mkdtempSync(join(base, 'hitrate-'))
  if (owner) chownSync(folder, owner.uid, owner.gid)
  return folder
}
