import { readFile } from 'node:fs/promises'
import { join, normalize, sep } from 'node:path'
import type { ThemedToken } from 'shiki'
import { CopyButton } from '@/app/parts/copy-button'
import { Scroller } from '@/app/parts/scroller'
import { CodeLines } from './code-lines'
import { highlight } from './highlight'
import type { CodeLanguage } from './language'
import { Languages } from './languages'
import { linesWith, regionOf } from './region'

/** Lessons show what is in these folders, and nothing else of the machine. */
const OPEN = ['lib', 'lessons']

const HIGHLIGHTED: Record<string, string> = { ts: 'typescript', tsx: 'tsx', py: 'python', sh: 'bash' }

interface Note {
  /** A part of the line that the note is on. */
  at: string
  say: string
}

/** A piece of a file, ready to be shown. */
interface Excerpt {
  file: string
  firstLine: number
  code: string
  lines: readonly ThemedToken[][]
  marks: ReadonlyMap<number, number>
  notes: readonly Note[]
}

export interface SourceProps {
  /** The code that runs here, from the project's root. */
  file?: string
  region?: string
  notes?: readonly Note[]
  /** The same for readers who know FastAPI: a file beside the lesson. It is not run here, and the figure says so. */
  python?: string
  pythonRegion?: string
  pythonNotes?: readonly Note[]
  /** The lesson's slug; the page that shows the lesson fills it in. */
  lesson?: string
}

/** The code that runs, read from its file when the page is built. A file, region or line that is gone stops the build. */
export async function Source({
  file,
  region,
  notes = [],
  python,
  pythonRegion,
  pythonNotes = [],
  lesson,
}: SourceProps) {
  if (python !== undefined && lesson === undefined) throw new Error(`${python} is shown outside a lesson`)
  const versions: [CodeLanguage, Excerpt][] = []
  if (file !== undefined) versions.push(['typescript', await readExcerpt(file, region, notes)])
  if (python !== undefined) {
    versions.push(['python', await readExcerpt(`lessons/${lesson}/${python}`, pythonRegion, pythonNotes)])
  }

  return (
    <figure className="my-8 border border-line bg-sunk">
      <Languages
        name={`Code of ${file ?? python}`}
        versions={versions.map(([language, excerpt]) => ({
          language,
          about: (
            <>
              <span className="num min-w-0 text-[13px] text-ink-2 [overflow-wrap:anywhere]">
                {excerpt.file}, from line {excerpt.firstLine}
              </span>
              <CopyButton text={excerpt.code} />
            </>
          ),
          code: <Code {...excerpt} />,
        }))}
      />
    </figure>
  )
}

function Code({ file, lines, marks, notes }: Excerpt) {
  return (
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
  )
}

async function readExcerpt(file: string, region: string | undefined, notes: readonly Note[]): Promise<Excerpt> {
  const path = normalize(file)
  if (!OPEN.some((folder) => path.startsWith(folder + sep))) throw new Error(`${file} is not in lib/ or lessons/`)
  const text = await readFile(join(/*turbopackIgnore: true*/ process.cwd(), path), 'utf8')
  const { code, firstLine } = regionOf(text, region, file)
  const noted = linesWith(
    code,
    notes.map(({ at }) => at),
    file,
  )
  const language = HIGHLIGHTED[file.slice(file.lastIndexOf('.') + 1)] ?? 'text'
  return {
    file,
    firstLine,
    code,
    lines: await highlight(code, language),
    marks: new Map(noted.map((line, i) => [line, i + 1])),
    notes,
  }
}
