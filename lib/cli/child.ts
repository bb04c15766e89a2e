import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { type Clock, systemClock } from '../reading'
import { isGroupAlive } from './alive'
import { startHeartbeat, systemWait, type Wait } from './heartbeat'

/**
 * A shell between us and the child. It reads a pipe that we hold and never write to: when we end, in whatever way, the
 * pipe ends, and the shell ends the child and removes its folder. Arguments: signal, grace in tenths of a second,
 * folder (or nothing), then the command. Exits as the child did.
 */
const GUARD = `
signal=$1 grace=$2 folder=$3
shift 3
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
(
  while read -r _; do :; done
  trap '' TERM
  kill -s "$signal" "$child" 2>/dev/null
  while [ "$grace" -gt 0 ] && kill -0 "$child" 2>/dev/null; do sleep 0.1; grace=$((grace - 1)); done
  kill -s KILL "$child" 2>/dev/null
  [ -z "$folder" ] || rm -rf "$folder"
) <&3 >/dev/null 2>&1 &
reader=$!
exec 3<&-
wait "$child"
status=$?
kill -s TERM "$reader" 2>/dev/null
wait "$reader" 2>/dev/null
exit "$status"
`

/** Lines of output kept to explain a child that failed. */
const KEPT_LINES = 20
/** Milliseconds that a child has to end in good order, unless its service says otherwise. */
const GRACE_MS = 2_000
const BACKOFF_MS = { first: 100, most: 5_000 }
/** How often it's checked whether a child can still be reached. */
const LOOK_MS = 1_000
/** How often it's checked whether everything of a killed guard has ended. */
const LOOK_AGAIN_MS = 50
/** How much later than the grace a guard must have ended its child. */
const LATE_MS = 1_000
/** A child that has run this long had started well: the next back-off begins at the first again. */
export const SETTLED_MS = 10_000

export interface Command {
  command: string
  args: string[]
}

export interface GuardOptions {
  /** The signal by which the child ends in good order. */
  signal?: 'TERM' | 'INT'
  /** Milliseconds that it has for that, before it is killed. */
  graceMs?: number
  /** A private folder to remove once the child has ended because we did. */
  folder?: string
  /** Run as this user; only root may ask for it. */
  user?: { uid: number; gid: number }
  env?: NodeJS.ProcessEnv
  /** Default: the root folder, since an unprivileged user may not be let into the one we were started in. */
  cwd?: string
}

/** Start a command behind the guard, in a process group of its own, so that Ctrl-C reaches only us. */
export function spawnGuarded({ command, args }: Command, options: GuardOptions = {}): ChildProcess {
  const { signal = 'TERM', graceMs = GRACE_MS, folder = '', user, env = process.env, cwd = '/' } = options
  return spawn('/bin/sh', ['-c', GUARD, 'guard', signal, String(Math.ceil(graceMs / 100)), folder, command, ...args], {
    cwd,
    detached: true,
    env,
    stdio: 'pipe',
    ...user,
  })
}

export interface ServiceChild extends GuardOptions {
  /** What people call it, in the line that tells of a restart. */
  name: string
  /** Called before each start, so that a restart can take the address of the first. */
  command(): Command
  /** The line of output, of either stream, that says it is ready. */
  ready: RegExp
  /** Whether it can be reached, once it's ready; one that can't (its socket is gone) is ended and started again. */
  reachable?: () => boolean
  /** Milliseconds until it must be ready. */
  readyMs?: number
  /** Where one line goes when the child died and is started again. */
  log?: (line: string) => void
  /** Told, at each start, of what the `ready` line matched. */
  started?: (match: RegExpExecArray) => void
  /** Called when it ended without having been asked to. `drained` resolves once all its output has been read. */
  ended?: (drained: Promise<void>) => void
  /** Called with each line of output, of either stream. */
  line?: (line: string) => void
  /** Asks it whether it answers; it's killed and replaced when it hasn't for ten seconds. Without it, nothing is asked. */
  alive?: (signal: AbortSignal) => Promise<unknown>
  /** Called when it stops answering, and when it answers again. */
  late?: () => void
  back?: () => void
  /** Default: the system's. */
  clock?: Pick<Clock, 'elapsed'>
  wait?: Wait
}

export interface Supervised {
  /** What the `ready` line matched at the first start. */
  match: RegExpExecArray
  /** Lines that the child wrote until it was ready. */
  lines: readonly string[]
  /** End it, and wait until it has ended. Its folder is gone then. */
  stop: () => Promise<void>
}

/** A child that ended, or said nothing, where it should have become ready. `lines` is what it wrote. */
export class ChildFailed extends Error {
  constructor(
    message: string,
    readonly lines: readonly string[],
  ) {
    super(message)
  }
}

/**
 * Starts a child, waits until it is ready, and starts it again, with back-off, whenever it ends before `stop`. One that
 * hangs is killed, and so replaced too.
 * @throws ChildFailed where its first start fails.
 */
export async function supervise(service: ServiceChild): Promise<Supervised> {
  const { name, log = console.error, clock = systemClock, wait = systemWait, alive, late, back } = service
  const stopping = new AbortController()
  let current = spawnGuarded(service.command(), service)
  let startedAt = clock.elapsed()
  let backoff = BACKOFF_MS.first

  const first = await untilReady(current, service).catch(async (error: unknown) => {
    await end(current, service.graceMs)
    throw error
  })

  /** Waits for its end; if it hangs or can't be reached, brings that about. */
  async function untilEnd(child: ChildProcess): Promise<void> {
    const hung = () => {
      log(`${name} has not answered for ten seconds; replacing it`)
      killGroup(child)
    }
    const rest = alive && startHeartbeat({ ask: alive, late, back, hung, wait })
    const looking = setInterval(() => {
      if (service.reachable?.() !== false) return
      clearInterval(looking)
      void end(child, service.graceMs)
    }, LOOK_MS)
    await exited(child)
    clearInterval(looking)
    rest?.()
  }

  const watched = (async () => {
    while (!stopping.signal.aborted) {
      await untilEnd(current)
      if (stopping.signal.aborted) return
      service.ended?.(drained(current))
      if (clock.elapsed() - startedAt > SETTLED_MS) backoff = BACKOFF_MS.first
      log(`${name} ended (${reason(current)}); starting it again`)
      await allEnded(current, service.graceMs)
      for (let started = false; !started; ) {
        await wait(backoff, stopping.signal).catch(() => {})
        if (stopping.signal.aborted) return
        backoff = Math.min(backoff * 2, BACKOFF_MS.most)
        started = await startAgain()
      }
    }
  })()

  async function startAgain(): Promise<boolean> {
    startedAt = clock.elapsed()
    try {
      current = spawnGuarded(service.command(), service)
      await untilReady(current, service)
      return true
    } catch (error) {
      await end(current, service.graceMs)
      if (!stopping.signal.aborted)
        log(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`)
      return false
    }
  }

  return {
    ...first,
    async stop() {
      stopping.abort()
      await end(current, service.graceMs)
      await watched
    },
  }
}

async function untilReady(
  child: ChildProcess,
  { name, ready, readyMs = 10_000, started, line: read }: ServiceChild,
): Promise<Pick<Supervised, 'match' | 'lines'>> {
  const lines: string[] = []
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), readyMs)
  try {
    return await new Promise((resolve, reject) => {
      const fail = (what: string) => reject(new ChildFailed(`${name} ${what}: ${lines.at(-1) ?? 'no output'}`, lines))
      for (const stream of [child.stdout, child.stderr]) {
        if (!stream) continue
        // Read to the end, ready or not: a child whose pipe is full stands still.
        createInterface({ input: stream }).on('line', (line) => {
          read?.(line)
          lines.push(line)
          if (lines.length > KEPT_LINES) lines.shift()
          const match = ready.exec(line)
          if (!match) return
          started?.(match)
          resolve({ match, lines: [...lines] })
        })
      }
      child.once('error', (error) => fail(error.message))
      // `close`, not `exit`: the last line is what explains it.
      child.once('close', () => fail(`ended (${reason(child)})`))
      deadline.signal.addEventListener('abort', () => fail(`is not ready after ${readyMs / 1000} s`))
    })
  } finally {
    clearTimeout(timer)
  }
}

async function end(child: ChildProcess, graceMs = GRACE_MS): Promise<void> {
  child.stdin?.destroy()
  // Should the guard itself be stuck, its whole group goes.
  const timer = setTimeout(() => killGroup(child), graceMs + LATE_MS)
  await allEnded(child, graceMs)
  clearTimeout(timer)
}

/**
 * Resolves when a guard and all of its group have ended. A guard that was killed leaves the child, which would still hold
 * its lock, and its own subshell, which ends the child and removes the folder: a start before that would lose both. What
 * is left after the grace is killed.
 */
async function allEnded(child: ChildProcess, graceMs = GRACE_MS): Promise<void> {
  await exited(child)
  child.stdin?.destroy()
  const deadline = performance.now() + graceMs + LATE_MS
  while (child.pid !== undefined && isGroupAlive(child.pid)) {
    if (performance.now() > deadline) killGroup(child)
    await delay(LOOK_AGAIN_MS)
  }
}

async function exited(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  await once(child, 'exit')
}

/** Resolves once both streams of output have ended and been read. */
async function drained({ stdout, stderr }: ChildProcess): Promise<void> {
  const open = [stdout, stderr].flatMap((stream) => (stream && !stream.closed ? [stream] : []))
  await Promise.all(open.map((stream) => once(stream, 'close')))
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // macOS refuses signals to a group that has ended and waits to be reaped.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}

/** How it ended, in words: the guard exits with 128 and the signal where the child was killed. */
function reason({ exitCode, signalCode }: ChildProcess): string {
  if (signalCode) return signalCode
  return exitCode !== null && exitCode > 128 ? `signal ${exitCode - 128}` : `exit code ${exitCode}`
}
