import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import os from 'node:os'
import { recordings } from '../../lessons/recordings'
import { misfits, type Recording, type RecordingDefinition, SHOWN, toolOf } from '../../lessons/recordings/recording'
import { health } from '../health'
import { startRedis } from '../redis/start'
import { findExecutable } from './find-executable'
import { type OwnApp, startApp } from './start-app'

/**
 * `npm run record [-- name …]`: run the commands of the course's terminals, all or the named ones, against an app of
 * our own, and keep what they printed. A recording whose tool is missing stays as it was.
 */

const FOLDER = 'lessons/recordings'
const LAB = 'terminal'
const NAMES = ['app', 'other'] as const
type Addresses = Partial<Record<(typeof NAMES)[number], string>>

const named = process.argv.slice(2)
const unknown = named.find((name) => !recordings.some((each) => each.name === name))
if (unknown !== undefined) {
  console.error(`There is no recording ${unknown}: there are ${recordings.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}
const wanted = (recordings as readonly RecordingDefinition[]).filter(
  ({ name }) => named.length === 0 || named.includes(name),
)
const redis = await startRedis()
const apps: Partial<Record<(typeof NAMES)[number], OwnApp>> = {}
try {
  for (const definition of wanted) {
    const missing = lacking(definition)
    if (missing) console.log(`${definition.name}: left as it was, ${missing}`)
    else await record(definition)
  }
} finally {
  for (const app of Object.values(apps)) await app.stop()
  await redis.stop()
}

/** Why it cannot be recorded here. */
function lacking({ steps }: RecordingDefinition): string | undefined {
  const tool = steps.map(({ command }) => toolOf(command)).find((each) => !findExecutable([each]))
  if (tool) return `${tool} is not installed`
  const shared = steps.some(({ command }) => command.includes('{other}'))
  return shared && redis.address.kind === 'emulated' ? 'there is no real Redis to share' : undefined
}

async function record(definition: RecordingDefinition): Promise<void> {
  const names = NAMES.filter((name) => definition.steps.some(({ command }) => command.includes(`{${name}}`)))
  const addresses: Addresses = {}
  for (const name of names) {
    // The same Redis behind both.
    const app = apps[name] ?? (await startApp({ REDIS_URL: redis.address.url }))
    apps[name] = app
    addresses[name] = app.address
    await emptyLab(app.address)
  }

  const steps: Recording['steps'] = []
  for (const { command } of definition.steps) {
    const etag = /^etag: (\S+)/im.exec(steps.at(-1)?.output ?? '')?.[1] ?? ''
    const shown = fill(command.replaceAll('{etag}', etag), SHOWN)
    const { output, durationMs } = await run(fill(command.replaceAll('{etag}', etag), addresses))
    steps.push({ command: shown, output: asShown(output, addresses), durationMs: Math.round(durationMs) })
  }
  const made: Recording = {
    title: definition.title,
    recordedAt: new Date().toISOString(),
    machine: `${os.cpus().length} × ${os.cpus()[0]?.model.trim() || 'CPU'}, ${os.type()}`,
    tools: await versions(definition, addresses.app ?? ''),
    steps,
  }
  const wrong = misfits(definition, made)
  if (wrong.length > 0) throw new Error(`${definition.name}: ${wrong.join('; ')}`)
  writeFileSync(`${FOLDER}/${definition.name}.json`, `${JSON.stringify(made, null, 2)}\n`)
  console.log(`${definition.name}: ${steps.map(({ durationMs }) => `${durationMs} ms`).join(', ')}`)
}

function fill(command: string, { app = '', other = '' }: Addresses): string {
  return command.replaceAll('{app}', app).replaceAll('{other}', other)
}

/** What a tool printed, with the addresses that everybody has in place of those that were free. */
function asShown(output: string, addresses: Addresses): string {
  return NAMES.reduce((text, name) => text.replaceAll(addresses[name] ?? SHOWN[name], SHOWN[name]), output)
}

/** Run it in a shell, as it would be typed. What it says on standard error is shown only where it fails. */
async function run(command: string): Promise<{ output: string; durationMs: number }> {
  const before = performance.now()
  // No proxy stands between us and this machine.
  const env = { ...process.env, LC_ALL: 'C', no_proxy: '127.0.0.1', NO_PROXY: '127.0.0.1' }
  const child = spawn('/bin/sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (piece: string) => {
      said[stream] += piece
    })
  }
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`${command} failed: ${said.stderr}`)
  const output = said.stdout.replaceAll('\r', '').replace(/^\n+/, '').trimEnd()
  return { output, durationMs: performance.now() - before }
}

async function emptyLab(address: string): Promise<void> {
  const answer = await fetch(`${address}/api/lab/entries?lab=${LAB}`, { method: 'DELETE' })
  if (!answer.ok) throw new Error(`The lab could not be emptied: ${await answer.text()}`)
}

/** What took part, each with its version. */
async function versions({ steps }: RecordingDefinition, address: string): Promise<Record<string, string>> {
  const { services } = health.parse(await (await fetch(`${address}/healthz`)).json())
  const tools = [...new Set(steps.map(({ command }) => toolOf(command)))]
  const told = await Promise.all(
    tools.map(async (tool) => {
      // hey tells no version, and wrk tells its own as if that were a failure.
      const { output } = await run(`${tool} --version 2>&1 || true`)
      return [tool, new RegExp(`^${tool} (?:\\S*/)?(\\d\\S*)`).exec(output)?.[1] ?? ''] as const
    }),
  )
  const behind = services.filter(({ id }) => id !== 'rates').map(({ name }) => nameAndVersion(name))
  return Object.fromEntries<string>([...told, ['node', process.versions.node], ...behind])
}

function nameAndVersion(text: string): [string, string] {
  const [name = '', version = ''] = text.split(' ')
  return [name, version]
}
