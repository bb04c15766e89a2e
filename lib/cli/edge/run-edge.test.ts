import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen, stop } from '../../http/edge/conformance/rig'
import { nodeCommand } from '../node-command'
import { EXIT, readEdgeOptions, runEdge } from './run-edge'

let server: Server
let origin: string
let calls = 0
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    // Never answered: whoever waits for it waits for ever.
    if (url === '/never') return void server.emit('never')
    calls += 1
    response.setHeader('cache-control', 'max-age=60').end(`answer ${calls}`)
  })
  origin = await listen(server)
})
afterAll(() => stop(server))

async function run(argv: string[]) {
  const written = { stdout: '', stderr: '' }
  const sink = (name: keyof typeof written) => ({ write: (text: string) => (written[name] += text) })
  const code = await runEdge(argv, { stdout: sink('stdout'), stderr: sink('stderr'), ended: AbortSignal.abort() })
  return { code, ...written }
}

describe('npm run edge', () => {
  it('serves a server until SIGTERM, and then ends without waiting for a request in progress', async () => {
    const { command, args } = nodeCommand(new URL('../edge.ts', import.meta.url), '--origin', origin, '--port', '0')
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const [, address = '', behind] = /^edge is at (http:\/\/127\.0\.0\.1:\d+), in front of (.+)$/.exec(line) ?? []
    expect(behind).toBe(origin)

    const first = await fetch(address)
    expect(await first.text()).toBe('answer 1')
    expect(first.headers.get('cache-status')).toMatch(/^edge; fwd=uri-miss; fwd-status=200; stored/)
    const second = await fetch(address)
    expect(await second.text()).toBe('answer 1')
    expect(second.headers.get('cache-status')).toBe('edge; hit; ttl=59')

    const reached = once(server, 'never')
    const waiting = fetch(`${address}/never`)
    waiting.catch(() => {})
    await reached
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(EXIT.done)
    await expect(waiting).rejects.toThrow()
  })

  it('says what it is and what it takes', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(EXIT.done)
    for (const option of ['--origin', '--port', '--bytes', '--help']) expect(stdout).toContain(option)
  })

  it.each([
    [[], 'Say what it is in front of: npm run edge -- --origin http://127.0.0.1:9000 (--help tells more).'],
    [['--origin'], '--origin has no value: --help tells what it takes.'],
    [
      ['--origin', 'http://example.com'],
      '--origin is "http://example.com": it takes an address on loopback, such as http://127.0.0.1:9000.',
    ],
    [
      ['--origin', 'https://127.0.0.1'],
      '--origin is "https://127.0.0.1": it takes an address on loopback, such as http://127.0.0.1:9000.',
    ],
    [
      ['--origin', 'http://127.0.0.1:9/x'],
      '--origin is "http://127.0.0.1:9/x": it takes an address on loopback, such as http://127.0.0.1:9000.',
    ],
    [
      ['--origin', 'http://127.0.0.1:9', '--port', '70000'],
      '--port is "70000": it takes a whole number from 0 to 65535.',
    ],
    [
      ['--origin', 'http://127.0.0.1:9', '--bytes', '1MB'],
      '--bytes is "1MB": it takes a whole number from 65536 to 1073741824.',
    ],
    [['--origin', 'http://127.0.0.1:9', '--bytes', '9', '--bytes', '9'], '--bytes is given twice: it takes one value.'],
    [
      ['--origin', 'http://localhost:9001'],
      '--port is 9001: it takes another port than that of --origin, for it cannot be in front of itself.',
    ],
    [['--colour'], 'Unknown option --colour: --help lists those that there are.'],
    [['9000'], 'Unexpected argument "9000".'],
  ])('%j is refused in one line', async (argv, line) => {
    expect(await run(argv)).toEqual({ code: EXIT.usage, stdout: '', stderr: `${line}\n` })
  })

  it('says that a port is taken', async () => {
    const other = createServer()
    const taken = new URL(await listen(other)).port
    const { code, stderr } = await run(['--origin', origin, '--port', taken])
    expect(code).toBe(EXIT.cannotListen)
    expect(stderr).toMatch(new RegExp(`^Cannot listen at 127\\.0\\.0\\.1:${taken}: .*EADDRINUSE.*\n$`))
    await stop(other)
  })

  it('listens at 9001 with 64 MiB unless it is told otherwise', () => {
    expect(readEdgeOptions(['--origin', origin])).toEqual({ origin, port: 9001, bytes: 67_108_864 })
  })
})
