import { expect, test, vi } from 'vitest'
import { noCounts } from '../lab/counters'
import { type Beside, startBeside } from './beside'

/**
 * A process that tells of one lab, announces another, and ends before it has told of that. It announces the first only
 * after its batch has arrived, as happens if the app reads output later than the connection.
 */
const CRASHES = `
const { createServer } = require('node:http')
const name = String(process.pid)
const ports = process.env.HITRATE_PORTS ? JSON.parse(process.env.HITRATE_PORTS) : { control: 0 }
const tell = (number, labs) => JSON.stringify({ process: name, number, labs })
const lab = { lab: 'told', rows: [], omitted: 0, counters: ${JSON.stringify(noCounts())}, runs: {} }
const server = createServer(({ url }, response) => {
  if (!url.startsWith('/told')) return response.writeHead(url.startsWith('/alive') ? 204 : 404).end()
  if (ports.control) return
  if (!url.includes('arrived=1')) return response.end(tell(1, [lab]))
  process.stdout.write('unsent ' + name + ' 1 told\\nunsent ' + name + ' 2 lost\\n', () => process.exit(1))
})
server.listen(ports.control, '127.0.0.1', () =>
  console.log('ready ' + JSON.stringify({ pid: process.pid, open: [], control: server.address().port })),
)
`

test('of a process that dies, the labs are known whose counts it had not sent, and no others', async () => {
  const [told, lost]: [string[], string[]] = [[], []]
  let beside: Beside | undefined
  try {
    beside = await startBeside({
      name: 'process',
      command: { command: process.execPath, args: ['-e', CRASHES] },
      env: process.env,
      told: ({ labs }) => told.push(...labs.map(({ lab }) => lab)),
      lost: (lab) => lost.push(lab),
      log: () => {},
    })
    await vi.waitFor(() => expect(beside?.restarts()).toBe(1), { timeout: 60_000 })
    expect([told, lost]).toEqual([['told'], ['lost']])
  } finally {
    await beside?.stop()
  }
})
