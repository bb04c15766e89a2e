import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { oneKey } from './config'
import type { Measured } from './figures'
import { generate } from './generate'
import { loadHistograms } from './histogram'
import type { Job, Told } from './job'
import type { ToldSample } from './samples'
import type { Spawn } from './spawn'
import { usableUnless } from './usable'

/** Real servers of a test's own, and load on them, in the test's own thread. */

const servers = new Set<Server>()

/** Serve on a free port; gives the address. */
export async function serve(respond: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<string> {
  const server = createServer(respond)
  servers.add(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Close all of them, and whatever is connected. After each test. */
export async function closeServers(): Promise<void> {
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
  servers.clear()
}

/** Answer 200 with eleven bytes. */
export function ok(response: ServerResponse, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'cache-status': 'none; fwd=bypass', 'server-timing': 'handler;dur=0.5', ...headers })
  response.end('{"value":1}')
}

/** Put load on a server: a closed loop over four connections and one path, where nothing else is said. */
export async function load(
  address: string | readonly string[],
  { keys, ...config }: Partial<Omit<Job['config'], 'keys'>> & { keys?: Partial<Job['config']['keys']> },
  { paths = ['/one'], cached = false, bodies = [] as string[], stop = new AbortController() } = {},
): Promise<{ measured: Measured; told: Told[]; samples: ToldSample[] }> {
  const told: Told[] = []
  const base = {
    mode: 'closed' as const,
    connections: 4,
    arrivals: 'even' as const,
    warmupMs: 0,
  }
  const job: Job = {
    run: 'run-1',
    addresses: typeof address === 'string' ? [address] : address,
    paths,
    cached,
    bodies,
    config: { ...base, ...config, keys: { ...oneKey, ...keys } },
  }
  await generate(job, (each) => told.push(each), stop.signal)
  const end = told.at(-1)
  if (end?.kind !== 'end') throw new Error('the last thing told is the end')
  return { measured: end.measured, told, samples: end.samples }
}

/**
 * The load generator without its thread, which takes longer to start than a short run. Its server shares its event loop,
 * so how busy that loop is says nothing: the metrics count as usable.
 */
export const generateHere: Spawn = (job, on) => {
  const stop = new AbortController()
  loadHistograms()
    .then(() =>
      generate(
        job,
        (told) => on.told({ ...told, measured: { ...told.measured, usable: usableUnless() } }),
        stop.signal,
      ),
    )
    .catch(on.failed)
  return { stop: () => stop.abort() }
}
