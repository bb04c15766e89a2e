import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** An app of one's own, in a process of its own. */
export interface OwnApp {
  address: string
  /** Socket of its private Redis. */
  redis: string
  /** What it has printed. */
  lines: readonly string[]
  pid: number
  stop(): Promise<number | null>
}

/**
 * Starts the app as `npm start` does, on a free port.
 * @param node the Node.js that runs it. Default: the one that runs this.
 * @throws Error with what it printed if it ends first.
 */
export async function startApp(env: Record<string, string> = {}, node = process.execPath): Promise<OwnApp> {
  const child = spawn(node, ['--import', 'tsx', 'lib/cli/start.ts'], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const address = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        const found = /^Hitrate is at (\S+)/.exec(line)?.[1]
        if (found) resolve(found)
      })
    }
    child.once('close', () => reject(new Error(lines.join('\n'))))
  })
  const redis = lines.map((line) => /unix:(\S+redis\.sock)/.exec(line)?.[1]).find(Boolean) ?? ''
  return {
    address,
    redis,
    lines,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const [code] = (await ended) as [number | null]
      return code
    },
  }
}
