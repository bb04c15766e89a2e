import { cpus } from 'node:os'
import type { Measured } from '../../runs/figures'
import { TERMINAL_RUN } from '../../runs/run-header'
import type { Generator, Spawn } from '../../runs/spawn'
import { holdAgainst } from '../../runs/thresholds'
import { LOAD_BOUNDS } from './bounds'
import { HELP, type LoadOptions, readLoadOptions } from './options'
import { type Sink, showProgress } from './progress'
import { summaryOf } from './summary'
import { unreachable } from './target'
import { stretch } from './units'
import { UsageError } from './usage-error'

/** How a load ends, for the shell. Of several, the first that applies in the order interrupted, unreachable, unusable, threshold. */
export const EXIT = {
  done: 0,
  thresholdFailed: 1,
  usage: 2,
  unreachable: 3,
  generatorFailed: 4,
  unusable: 5,
  interrupted: 130,
} as const

export interface LoadWorld {
  stdout: Sink
  stderr: Sink
  env: NodeJS.ProcessEnv
  /** Starts the load generator. */
  spawn: Spawn
  /** Ends the load with the figures it has. */
  interrupted?: AbortSignal
}

/**
 * `npm run load`: put load on a server, show how far it is on stderr, and print what came of it on stdout.
 * @param argv what was typed after the `--`.
 * @returns the exit code, one of {@link EXIT}.
 */
export async function runLoad(argv: readonly string[], world: LoadWorld): Promise<number> {
  const { stdout, stderr, env } = world
  const options = readOrSay(argv, env, stderr)
  if (options === undefined) return EXIT.usage
  if (options === 'help') {
    stdout.write(HELP)
    return EXIT.done
  }

  const why = await unreachable(options.target.origin)
  if (why !== undefined) {
    stderr.write(`Cannot reach ${options.target.origin}: ${why}.\n`)
    return EXIT.unreachable
  }
  if (world.interrupted?.aborted) return EXIT.interrupted

  const ended = await drive(options, world).catch((error: unknown) => {
    stderr.write(`The load generator failed: ${error instanceof Error ? error.message : String(error)}\n`)
  })
  if (!ended) return EXIT.generatorFailed
  const { measured, cutShort } = ended
  const verdicts = holdAgainst(options.thresholds, measured)
  stdout.write(
    options.json
      ? `${JSON.stringify(asJson(options, measured, verdicts, cutShort), null, 2)}\n`
      : summaryOf({ options, measured, verdicts, cutShort }),
  )
  if (world.interrupted?.aborted) return EXIT.interrupted
  if (unanswered(measured)) {
    stderr.write(`Cannot reach ${options.target.origin}: not one request was answered.\n`)
    return EXIT.unreachable
  }
  // A threshold that held or failed on such metrics says nothing.
  if (!measured.usable.ok) {
    for (const { code, words } of measured.usable.reasons) stderr.write(`Don’t use these metrics (${code}). ${words}\n`)
    return EXIT.unusable
  }
  return verdicts.every(({ passed }) => passed) ? EXIT.done : EXIT.thresholdFailed
}

function readOrSay(argv: readonly string[], env: NodeJS.ProcessEnv, stderr: Sink): LoadOptions | 'help' | undefined {
  try {
    return readLoadOptions(argv, env)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    stderr.write(`${error.message}\n`)
  }
}

interface Ended {
  measured: Measured
  cutShort?: string
}

function drive(options: LoadOptions, { stderr, spawn, interrupted }: LoadWorld): Promise<Ended> {
  const { target, config } = options
  const progress = showProgress(stderr)
  let generator: Generator | undefined
  let cutShort: string | undefined
  const end = (why: string) => {
    cutShort ??= why
    generator?.stop()
  }
  const interrupt = () => end('interrupted: these are the figures until then')
  const { max } = LOAD_BOUNDS.durationMs
  const limit = setTimeout(() => end(`after ${stretch(max)}, the longest that a load may take`), max + config.warmupMs)
  interrupted?.addEventListener('abort', interrupt)

  return new Promise<Ended>((resolve, reject) => {
    const job = { run: TERMINAL_RUN, addresses: [target.origin], paths: target.paths, cached: false, config }
    generator = spawn(job, {
      told(told) {
        if (told.kind === 'progress') return progress.show(told)
        progress.clear()
        resolve({ measured: told.measured, cutShort })
      },
      failed: reject,
    })
  }).finally(() => {
    clearTimeout(limit)
    interrupted?.removeEventListener('abort', interrupt)
  })
}

/** Requests were sent, and nothing at all came back. */
const unanswered = ({ requests, errors, failures }: Measured): boolean =>
  requests > 0 && errors === requests && failures.status === 0

function asJson(
  { target, config }: LoadOptions,
  measured: Measured,
  thresholds: ReturnType<typeof holdAgainst>,
  cutShort: string | undefined,
) {
  const [cpu] = cpus()
  return {
    target: target.url,
    status: cutShort === undefined ? 'done' : 'stopped',
    ...(cutShort === undefined ? {} : { reason: cutShort }),
    ...measured,
    // A load from here only reads.
    writes: undefined,
    thresholds,
    config,
    machine: {
      cpus: cpus().length,
      model: cpu?.model.trim() ?? '',
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
    },
  }
}
