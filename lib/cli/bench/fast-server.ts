import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { spawnGuarded } from '../child'
import { findExecutable } from '../find-executable'
import { privateFolder } from '../private-folder'

/** A server that does next to nothing for an answer, so that what asks it is what is measured. */
export interface FastServer {
  address: string
  /** Name and version. */
  name: string
  stop(): Promise<void>
}

/** Where distributions put nginx, which is not on everybody's PATH. */
const NAMES = ['nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx']
const READY_MS = 5_000

const ANSWERS_200 = `location / { default_type application/json; return 200 '{"value":1}'; }`

/**
 * Start an nginx of one process on a free port of loopback. Undefined where there is none.
 * @param server what its one server does; answer 200 to everything, where absent.
 * @param http what else its configuration has, given a private folder.
 */
export async function startNginx(
  server = ANSWERS_200,
  http: (folder: string) => string = () => '',
): Promise<FastServer | undefined> {
  const nginx = findExecutable(NAMES)
  if (!nginx) return undefined
  const folder = privateFolder('nginx.conf').path
  const port = await freePort()
  const conf = join(folder, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder};`)
  writeFileSync(
    conf,
    `daemon off; master_process off; worker_processes 1; pid ${join(folder, 'nginx.pid')}; error_log stderr crit;
    events { worker_connections 1024; }
    http {
      access_log off; keepalive_requests 1000000000; ${temporary.join(' ')}
      ${http(folder)}
      server { listen 127.0.0.1:${port}; ${server} }
    }`,
  )
  const child = spawnGuarded({ command: nginx, args: ['-e', 'stderr', '-c', conf] }, { folder })
  const address = `http://127.0.0.1:${port}`
  const until = performance.now() + READY_MS
  while (
    !(await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || performance.now() > until) throw new Error('nginx does not answer')
    await setTimeout(20)
  }
  return {
    address,
    name: /nginx\/[\d.]+/.exec(spawnSync(nginx, ['-v'], { encoding: 'utf8' }).stderr)?.[0] ?? 'nginx',
    async stop() {
      const ended = once(child, 'exit')
      child.stdin?.end()
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
