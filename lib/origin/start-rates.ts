import { request } from 'undici'
import { supervise } from '../cli/child'
import { nodeCommand } from '../cli/node-command'
import type { Service } from '../cli/service'

/** Start the rate provider on a free port of loopback; started again, it takes the same one. */
export async function startRates(log?: (line: string) => void): Promise<Service> {
  let port = '0'
  const child = await supervise({
    name: 'rates',
    command: () => nodeCommand(new URL('./rates-server.ts', import.meta.url), port),
    ready: /^listening on port (\d+)$/,
    log,
    async alive(signal) {
      const { body } = await request(`http://127.0.0.1:${port}/health`, { signal })
      await body.dump()
    },
    started: (match) => {
      port = match[1] ?? port
    },
  })
  const url = `http://127.0.0.1:${port}`
  return { address: { kind: 'emulated', url, name: 'simulated rate provider' }, where: url, stop: () => child.stop() }
}
