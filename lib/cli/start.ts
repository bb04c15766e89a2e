import { watch } from 'node:fs'
import { Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Context } from '../context'
import { OWN_ADDRESSES, ownAddresses } from '../http/own-addresses'
import { createHttpServer } from '../http/server'
import { processCommands } from '../processes/commands'
import { writeSettings } from '../settings'
import { build, register } from './build'
import { DEV_POLICY, pagePolicies, readPageHashes } from './csp'
import { type Front, front, guardUpgrades } from './front'
import { isExposed, readOptions, type StartOptions, urlOf } from './options'
import type { Service } from './service'
import { startServices } from './services'
import { type Closer, terminal } from './terminal'

/** `npm start` and `npm run dev`: build when needed, start what backs the app, and serve it from this process. */

/** How long open streams and runs have to end, and what they measured to be stored. Runs alone may take 3 s. */
const CLOSE_MS = 5_000
/** Longer than any pause of a client that keeps its connection, so that it is never closed under a request. */
const KEEP_ALIVE_MS = 65_000
/** A second signal this soon after the first is the same one. */
const ECHO_MS = 300
const PARENT_CHECK_MS = 500
/** Within this time after an edit Next has compiled it. */
const RELOAD_MS = 1_000

const { say, complain, line, progress } = terminal()
process.env.NEXT_TELEMETRY_DISABLED = '1'

/** What has to be ended, the first one first. */
const closers: Closer[] = []
let stoppingSince: number | undefined

async function stop(): Promise<void> {
  if (stoppingSince !== undefined) {
    // Whoever asks again does not want to wait: the guards end the children. But npm passes on a Ctrl-C that the
    // terminal has sent us already.
    if (performance.now() - stoppingSince > ECHO_MS) process.exit(130)
    return
  }
  stoppingSince = performance.now()
  for (const close of closers) await close().catch(console.error)
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
if (process.env.npm_lifecycle_event) stopWithoutParent()

async function start(options: StartOptions): Promise<void> {
  const { host, hosts, dev } = options
  const project = process.cwd()
  let policy = dev ? () => DEV_POLICY : pagePolicies({})
  let next: Front['next'] = starting
  const server = createHttpServer(
    front({
      hosts,
      address: () => address,
      processes: () => heldContext()?.processes.states(),
      policy: (path) => policy(path),
      next: (request, response) => next(request, response),
    }),
  )
  if (dev) guardUpgrades(server, hosts)
  server.keepAliveTimeout = KEEP_ALIVE_MS
  // Taken before anything else is started: a port in use is told of at once.
  const port = await listen(server, options)
  const address = urlOf(host, port)

  const [services] = await Promise.all([
    startServices({ started: (service, ms) => line(...describe(service), ms), progress, log: say }),
    dev ? undefined : built(project),
  ])
  writeSettings({ address, hosts, ...services.addresses, commands: processCommands() })
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' })
  if (!dev) policy = pagePolicies(readPageHashes(project))

  // Only now: Next reads the environment when it is loaded.
  const { default: createNext } = await import('next')
  // Next listens for `upgrade` on the server it gets, and then a request that offers one has no answer. Only development
  // needs that; in production it gets a server that never listens.
  const app = createNext({ dev, hostname: host, port, httpServer: dev ? server : new Server(), dir: project })
  closers.push(
    async () => {
      // What is asked now would open again what is being closed, and its runs would be lost.
      next = stopping
    },
    closeContext,
    () => closeServer(server),
    services.stop,
  )
  await app.prepare()
  if (dev) closers.unshift(renewOnChange(join(project, 'lib')))
  const handle = app.getRequestHandler()
  next = (request, response) => handle(request, response)

  if (services.addresses.redis.kind === 'emulated') {
    say('There is no Redis on this machine: an emulated one stands in, which never evicts. Install redis-server,')
    say('or set REDIS_URL, for the real one.')
  }
  if (isExposed(host)) {
    say(`HOST=${host}: everybody on the network can use this app, start load runs on this machine and see every lab.`)
  }
  say(`\nHitrate is at ${address}`)
  if (isExposed(host)) {
    const names = hosts.flatMap((name) => (name === OWN_ADDRESSES ? ownAddresses() : name))
    say(`On the network at ${names.map((name) => `http://${name}:${port}`).join(', ')}`)
  }
}

/** Where npm was killed, nobody would be left who knows of us. */
function stopWithoutParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) void stop()
  }, PARENT_CHECK_MS).unref()
}

async function built(project: string): Promise<void> {
  const before = performance.now()
  if (await build(project, { say })) line('build', '', '.next', performance.now() - before)
  const leave = register(project)
  process.once('exit', leave)
}

function describe({ address, where }: Service): [name: string, kind: string, where: string] {
  return [address.name, address.kind, where]
}

async function listen(server: Server, { host, port }: StartOptions): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  }).catch((cause: NodeJS.ErrnoException) => {
    const why = new Map([
      ['EADDRINUSE', `Port ${port} is taken on ${host}: stop what uses it, or choose another with PORT=${port + 1}.`],
      ['EACCES', `Port ${port} is not for this user: choose one above 1023 with PORT.`],
      ['EADDRNOTAVAIL', `HOST=${host} is no address of this machine.`],
      ['ENOTFOUND', `HOST=${host} is no address of this machine.`],
    ]).get(cause.code ?? '')
    throw new Error(why ?? `Cannot listen on ${host}:${port}: ${cause.message}`, { cause })
  })
  const bound = server.address()
  return bound && typeof bound === 'object' ? bound.port : port
}

const starting = unavailable('Hitrate is starting. The terminal shows how far it is.\n')
const stopping = unavailable('Hitrate is stopping. Start it again, and reload.\n')

function unavailable(text: string): Front['next'] {
  return async (_: unknown, response: ServerResponse) => {
    response.writeHead(503, {
      'content-type': 'text/plain; charset=utf-8',
      'retry-after': '2',
      'cache-control': 'no-store',
    })
    response.end(text)
  }
}

/** Under this name on `globalThis` the app keeps what it made, for Next bundles it where we cannot import it. */
const CONTEXT = Symbol.for('hitrate.context')

/** What the app holds; undefined before its first request. */
const heldContext = () => Reflect.get(globalThis, CONTEXT) as Pick<Context, 'close' | 'processes'> | undefined

/** End streams, runs and clients. What asks next makes them anew. */
async function closeContext(): Promise<void> {
  const held = heldContext()
  Reflect.deleteProperty(globalThis, CONTEXT)
  if (!held) return
  const late = new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())
  await Promise.race([held.close().catch(() => {}), late])
}

/** A strategy that was edited answers once Next has it: labs hold readers that were made of the code as it was. */
function renewOnChange(folder: string): Closer {
  let settled: NodeJS.Timeout | undefined
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(settled)
    settled = setTimeout(() => void closeContext(), RELOAD_MS)
  })
  return async () => {
    clearTimeout(settled)
    watcher.close()
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}

// At the end: while this waits, nothing below it would have a value, and closing needs all of it.
try {
  await start(readOptions(process.env, process.argv.slice(2)))
} catch (error) {
  if (stoppingSince === undefined) {
    complain(error instanceof Error ? error.message : String(error))
    for (const close of closers) await close().catch(console.error)
    process.exit(1)
  }
}
