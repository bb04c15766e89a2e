import { runEdge } from './edge/run-edge'

/** `npm run edge -- --origin <URL>`: see `--help`. */

const ended = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ended.abort())

const { stdout, stderr } = process
process.exitCode = await runEdge(process.argv.slice(2), { stdout, stderr, ended: ended.signal })
