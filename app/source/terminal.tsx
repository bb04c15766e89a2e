import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RecordingName, recordings } from '@/lessons/recordings'
import { type Recording, recording as schema } from '@/lessons/recordings/recording'
import { TerminalReplay } from './terminal-replay'

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/**
 * Commands that were really run, and what they printed: read from the file that `npm run record` wrote. A name that is
 * not defined stops the build. One that is defined and was not recorded yet does not, since recording needs the build;
 * a test tells of it.
 */
export async function Terminal({ recording: name }: { recording: RecordingName }) {
  const definition = recordings.find((each) => each.name === name)
  if (!definition) throw new Error(`lessons/recordings/index.ts has no recording ${name}`)
  const file = `lessons/recordings/${name}.json`
  const path = join(/*turbopackIgnore: true*/ process.cwd(), file)
  if (!existsSync(path))
    return <p className="my-8 border border-line bg-sunk p-4">Not recorded yet: {definition.title}</p>
  const text = await readFile(path, 'utf8')
  const made = schema.parse(JSON.parse(text))

  return (
    <figure className="my-8 border border-line bg-sunk">
      <TerminalReplay
        title={made.title}
        steps={made.steps.map((step, i) => ({ ...step, marked: definition.steps[i]?.shows }))}
      />
      <figcaption className="border-t border-line px-4 py-2.5 text-sm text-ink-2">
        Recorded on {DATE.format(new Date(made.recordedAt))} on {made.machine}, with {toolsOf(made)}. On your machine
        the milliseconds are others.
      </figcaption>
    </figure>
  )
}

const toolsOf = ({ tools }: Recording): string =>
  Object.entries(tools)
    .map(([name, version]) => `${name} ${version}`.trim())
    .join(', ')
