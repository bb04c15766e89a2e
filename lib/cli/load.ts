import { spawnFromSource } from '../runs/spawn-from-source'
import { runLoad } from './load/run-load'

/** `npm run load -- <path or URL>`: see `--help`. */

/** A second signal this soon after the first is the same one: npm passes on what the terminal has sent us already. */
const ECHO_MS = 300

const interrupted = new AbortController()
let since: number | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    since ??= performance.now()
    interrupted.abort()
    // Whoever asks again does not want to wait.
    if (performance.now() - since > ECHO_MS) process.exit(130)
  })
}

const { stdout, stderr, env } = process
// Not `exit`: what is written is still on its way to a pipe.
process.exitCode = await runLoad(process.argv.slice(2), {
  stdout,
  stderr,
  env,
  spawn: spawnFromSource,
  interrupted: interrupted.signal,
})
