import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** One thing that `npm run check` or `npm test` does. */
export interface Step {
  name: string
  /** Tools of `node_modules`, by package and by what it calls its command, run one after another. */
  run: [tool: [packageName: string, command: string], ...args: string[]][]
  /** Show what it writes while it runs, not only where it fails. */
  live?: boolean
  /** The Node.js that runs it. Default: the one that runs this. */
  node?: string
}

const TYPES: Step = {
  name: 'types',
  run: [
    [['next', 'next'], 'typegen'],
    [['typescript', 'tsc'], '--noEmit'],
  ],
}
const LINT: Step = {
  name: 'lint',
  run: [
    [['@biomejs/biome', 'biome'], 'check', '.'],
    [['eslint', 'eslint'], '.', '--max-warnings', '0'],
  ],
}

/**
 * Types and lint, side by side: together they take both cores of a small machine. Lint takes longer.
 * @param afterTypes what is done meanwhile.
 */
export async function staticSteps(afterTypes: () => Promise<unknown> = async () => {}): Promise<boolean[]> {
  const types = async () => {
    const passed = await runStep(TYPES)
    await afterTypes()
    return passed
  }
  return Promise.all([types(), runStep(LINT)])
}

/** Run a step and print one line of how it went. */
export async function runStep({ name, run, live = false, node = process.execPath }: Step): Promise<boolean> {
  const before = performance.now()
  let output = ''
  let passed = true
  for (const [tool, ...args] of run) {
    const child = spawn(node, [binary(...tool), ...args], {
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
      stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    const forward = () => child.kill('SIGTERM')
    process.once('SIGTERM', forward)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    await once(child, 'close')
    process.off('SIGTERM', forward)
    passed = child.exitCode === 0
    if (!passed) break
  }
  if (!passed) console.log(output.trimEnd())
  tell(name, passed, performance.now() - before)
  return passed
}

/** The line that says how a step went. */
export function tell(name: string, passed: boolean, ms: number): void {
  console.log(`${name.padEnd(10)} ${passed ? 'passed' : 'FAILED'}  ${(ms / 1000).toFixed(1).padStart(6)} s`)
}

const manifest = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) })

/** Returns the folder that the packages are in. */
export function nodeModules(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve('zod/package.json')))
}

/** The script of a package's command: run by this very Node, without npx and without a shell. */
function binary(packageName: string, command: string): string {
  const require = createRequire(import.meta.url)
  const file = require.resolve(`${packageName}/package.json`)
  const { bin } = manifest.parse(require(file))
  const script = typeof bin === 'string' ? bin : bin[command]
  if (!script) throw new Error(`${packageName} has no command ${command}`)
  return join(dirname(file), script)
}
