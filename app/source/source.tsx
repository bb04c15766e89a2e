import { readFile } from 'node:fs/promises'
import { join, normalize, sep } from 'node:path'
import { CopyButton } from '@/app/parts/copy-button'
import { Scroller } from '@/app/parts/scroller'
import { CodeLines } from './code-lines'
import { highlight } from './highlight'
import { linesWith, regionOf } from './region'

/** Lessons show what is in these folders, and nothing else of the machine. */
const OPEN = ['lib', 'lessons']

interface Note {
  /** A part of the line that the note is on. */
  at: string
  say: string
}

/** The code that runs, read from its file when the page is built. A file, region or line that is gone stops the build. */
export async function Source({ file, region, notes = [] }: { file: string; region?: string; notes?: readonly Note[] }) {
  const path = normalize(file)
  if (!OPEN.some((folder) => path.startsWith(folder + sep))) throw new Error(`${file} is not in lib/ or lessons/`)
  const text = await readFile(join(/*turbopackIgnore: true*/ process.cwd(), path), 'utf8')
  const { code, firstLine } = regionOf(text, region, file)
  const marks = new Map(
    linesWith(
      code,
      notes.map(({ at }) => at),
      file,
    ).map((line, i) => [line, i + 1]),
  )
  const lines = await highlight(code, file.endsWith('.py') ? 'python' : 'typescript')

  return (
    <figure className="my-8 border border-line bg-sunk">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line py-2 pr-2 pl-4 text-sm">
        <span>
          <b className="font-semibold">TypeScript, running here</b>{' '}
          <span className="num text-[13px] text-ink-2">
            {file}, from line {firstLine}
          </span>
        </span>
        <CopyButton text={code} />
      </figcaption>
      <div className={notes.length > 0 ? 'grid lg:grid-cols-[minmax(0,1fr)_300px]' : ''}>
        <Scroller name={`Code of ${file}`} className="overflow-x-auto py-4">
          <pre>
            <CodeLines lines={lines} marks={marks} />
          </pre>
        </Scroller>
        {notes.length > 0 && (
          <ol className="border-line px-5 py-4 text-sm max-lg:border-t lg:border-l">
            {notes.map(({ at, say }, i) => (
              <li key={at} className="grid grid-cols-[1.6rem_1fr] py-1.5">
                <span className="num font-semibold text-blue">{i + 1}</span>
                <span className="text-ink-2">{say}</span>
              </li>
            ))}
          </ol>
        )}
      </div>
    </figure>
  )
}
