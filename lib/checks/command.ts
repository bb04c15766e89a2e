/** What a recorded command is, told by its tool. Only what it says is read: nothing is run. */
export interface KnownCommand {
  tool: string
  /** It puts load on something, or it sets how something is served. */
  purpose: 'benchmark' | 'tuning'
}

/** Tools that put load on a target; the last of their words that is no option has to look like one. */
const LOAD_TOOLS = ['hey', 'wrk', 'wrk2', 'ab', 'autocannon', 'oha', 'bombardier'] as const

/** Servers of Python apps, and what may start them. */
const SERVERS = ['uvicorn', 'gunicorn', 'hypercorn']
const STARTERS = ['python', 'python3', 'uv', 'uvx', 'poetry', 'pipenv', 'hatch']

const TARGET = /^(https?:\/\/)?[\w.[\]:-]+(:\d+)?(\/\S*)?$/
const SCRIPT = /\.[cm]?[jt]s$/
const VARIABLE = /^[A-Z_][A-Z0-9_]*=/

/** Words that stand before a command and change nothing of what it is. */
const BEFORE = ['$', '>', 'sudo', 'time', 'npx', 'pnpx', 'bunx', 'exec', 'env', 'nohup']

/** Read a command as a shell would, roughly: `undefined` where it is neither a benchmark nor a tuning of a server. */
export function commandOf(text: string): KnownCommand | undefined {
  // A continued line is one line; of several commands the first that is known counts.
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n|&&|\|\||[;|]/)
  for (const line of lines) {
    const known = knownIn(wordsOf(line))
    if (known) return known
  }
}

/** Whether it puts load on something. */
export const isBenchmark = (text: string): boolean => commandOf(text)?.purpose === 'benchmark'

/** Whether it sets how something is served: uvicorn's workers, loop or parser, or options of Node. */
export const isTuning = (text: string): boolean => commandOf(text)?.purpose === 'tuning'

/** Whether it is either of them by one of these tools: `usesTool('hey', 'wrk')`. */
export const usesTool =
  (...tools: readonly string[]) =>
  (text: string): boolean =>
    tools.includes(commandOf(text)?.tool ?? '')

function knownIn(all: readonly string[]): KnownCommand | undefined {
  const start = all.findIndex((word) => !BEFORE.includes(word) && !VARIABLE.test(word) && !word.startsWith('-'))
  const variables = all.slice(0, Math.max(start, 0)).filter((word) => VARIABLE.test(word))
  const [program = '', ...words] = all.slice(Math.max(start, 0))
  const tool = program.split('/').at(-1) ?? ''

  if (LOAD_TOOLS.some((known) => known === tool)) {
    const target = words.at(-1) ?? ''
    return words.some((word) => word.includes('://')) || (looksLikeHost(target) && TARGET.test(target))
      ? { tool, purpose: 'benchmark' }
      : undefined
  }
  if (tool === 'k6') {
    return words[0] === 'run' && words.some((word) => SCRIPT.test(word) || word === '-')
      ? { tool, purpose: 'benchmark' }
      : undefined
  }
  if (['npm', 'pnpm', 'yarn'].includes(tool) && words.includes('load') && words.length > words.indexOf('load') + 1) {
    return { tool: 'npm run load', purpose: 'benchmark' }
  }
  // `python -m uvicorn`, `uv run uvicorn`, `poetry run gunicorn`.
  const named = STARTERS.includes(tool) ? [tool, ...words] : [tool]
  const server = named.find((word) => SERVERS.includes(word))
  if (server && words.some((word) => /^(--workers|--loop|--http|--worker-class|-w|-k)(=|$)/.test(word))) {
    return { tool: server, purpose: 'tuning' }
  }
  return nodeTuning(tool, words, variables)
}

/** Node is tuned by an option before its script, or by a variable before whatever starts it. */
function nodeTuning(tool: string, words: readonly string[], variables: readonly string[]): KnownCommand | undefined {
  const byVariable = variables.some((word) => /^(NODE_OPTIONS|UV_THREADPOOL_SIZE|WEB_CONCURRENCY)=./.test(word))
  if (byVariable && tool !== '') return { tool: 'node', purpose: 'tuning' }
  const script = words.findIndex((word) => !word.startsWith('-'))
  const options = words.slice(0, script < 0 ? 0 : script)
  const tunes = options.some((word) => /^--(max-|min-|stack-size|v8-pool-size|single-threaded|jitless)/.test(word))
  return tool === 'node' && tunes ? { tool, purpose: 'tuning' } : undefined
}

/** A bare word is no target; a host has a dot, a port or a path, or is localhost. */
const looksLikeHost = (word: string): boolean => /^localhost\b/.test(word) || /[.:/]/.test(word)

/** Words of a line; quotes hold one together. */
const wordsOf = (line: string): string[] =>
  (line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) => word.replace(/["']/g, ''))
