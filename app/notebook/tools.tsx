'use client'

import { useState } from 'react'
import { plural } from '@/app/format'
import { saveText } from '@/app/parts/save-file'
import { asCsv, asJson, asMarkdown } from './export'
import type { Merged } from './merge'
import { useNotebook } from './notebook-provider'
import type { LessonOutline } from './outline'
import { ResetButton } from './reset-button'

/** What an import has come to. */
type Imported = { file: string } & ({ why: string } | { merged: Merged; refused: readonly string[] })

/** Refused items that are listed; the rest is counted. */
const LISTED = 20

/** Take the notebook along, bring one in, print it, or begin anew. */
export function Tools({ lessons }: { lessons: readonly LessonOutline[] }) {
  const { items } = useNotebook()
  const all = Object.values(items)
  const empty = all.length === 0
  const download = (ending: string, type: string, text: string) => saveText(`hitrate-notebook.${ending}`, type, text)
  return (
    <section className="no-print mt-12 border-t-2 border-ink pt-6" aria-labelledby="take-along">
      <h2 id="take-along" className="text-2xl">
        Take it along
      </h2>
      <div className="mt-4 flex flex-wrap gap-3">
        <button
          type="button"
          className="button-quiet"
          disabled={empty}
          onClick={() => download('md', 'text/markdown', asMarkdown(all, lessons, Date.now()))}
        >
          Markdown, to read
        </button>
        <button
          type="button"
          className="button-quiet"
          disabled={empty}
          onClick={() => download('json', 'application/json', asJson(all, Date.now()))}
        >
          JSON, to import again
        </button>
        <button
          type="button"
          className="button-quiet"
          disabled={empty}
          onClick={() => download('csv', 'text/csv', asCsv(all))}
        >
          CSV, for a spreadsheet
        </button>
        <button type="button" className="button-quiet" disabled={empty} onClick={() => print()}>
          Print
        </button>
        <ResetButton>Reset everything…</ResetButton>
      </div>
      <ImportField />
    </section>
  )
}

function ImportField() {
  const { merge } = useNotebook()
  const [imported, setImported] = useState<Imported>()
  const read = async (file: File): Promise<Imported> => {
    const { FILE_BYTES, readExport } = await import('./import')
    if (file.size > FILE_BYTES) return { file: file.name, why: 'It is longer than any notebook: 16 MiB.' }
    const found = readExport(await file.text(), Date.now())
    if (!found.ok) return { file: file.name, why: found.why }
    return { file: file.name, merged: merge(found.items), refused: found.refused }
  }
  return (
    <div className="mt-6">
      <label className="block w-fit max-w-full">
        <span className="field-name mb-1">Import a JSON export. What is newer stands; nothing is deleted.</span>
        <input
          type="file"
          accept="application/json,.json"
          className="block max-w-full text-[15px] file:mr-3 file:min-h-9 file:border file:border-line file:bg-panel file:px-3 file:text-[14px] file:text-ink"
          onChange={(event) => {
            const input = event.currentTarget
            const [file] = input.files ?? []
            if (!file) return
            void read(file)
              .catch((error: unknown) => ({ file: file.name, why: `It could not be read: ${String(error)}` }))
              .then((result) => {
                setImported(result)
                // The same file can be chosen again.
                input.value = ''
              })
          }}
        />
      </label>
      <div role="status" className="mt-3 max-w-[80ch]" data-testid="imported">
        {imported && <ImportResult imported={imported} />}
      </div>
    </div>
  )
}

function ImportResult({ imported }: { imported: Imported }) {
  if ('why' in imported) {
    return (
      <p className="border-l-4 border-error bg-sunk px-4 py-3">
        <strong>{`${imported.file} was not imported.`}</strong> <span>{imported.why}</span>
      </p>
    )
  }
  const { file, merged, refused } = imported
  return (
    <div className={`border-l-4 bg-sunk px-4 py-3 ${refused.length > 0 ? 'border-error' : 'border-ink'}`}>
      <p>
        <strong>{`${file}:`}</strong> <span>{plural(merged.fresh, 'new item')}</span>, <span>{merged.later}</span> newer
        than yours, <span>{merged.same}</span> older or the same and left alone, <span>{refused.length}</span> refused.
      </p>
      {refused.length > 0 && (
        <ul className="num mt-2 list-[square] pl-5 text-[13.5px] [overflow-wrap:anywhere]">
          {refused.slice(0, LISTED).map((why) => (
            <li key={why}>{why}</li>
          ))}
          {refused.length > LISTED && <li>{`and ${refused.length - LISTED} more`}</li>}
        </ul>
      )}
    </div>
  )
}
