import { fieldFault } from '@/lib/http/invalid-field'
import { type NotebookItem, notebookItem } from '@/lib/notebook/items'
import { ITEMS } from '@/lib/notebook/limits'
import { FORMAT, VERSION } from './export'

/** Reads what an export has written, or somebody has changed since. Loaded when a file was chosen. */

/** A file may be this long: more than the fullest notebook makes. */
export const FILE_BYTES = 16 * 1024 * 1024

export type Import =
  | { ok: false; why: string }
  /** `refused` says for each item that is not taken which it is, and what is wrong with it. */
  | { ok: true; items: NotebookItem[]; refused: string[] }

/**
 * Read an export.
 * @param now epoch milliseconds. An item that says it is from later is taken as from now: else nothing written after
 * it would ever stand.
 */
export function readExport(text: string, now: number): Import {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch (error) {
    return { ok: false, why: `This is not JSON: ${error instanceof Error ? error.message : String(error)}.` }
  }
  const { format, version, items } = (typeof file === 'object' && file !== null ? file : {}) as Record<string, unknown>
  if (format !== FORMAT || !Array.isArray(items)) {
    return { ok: false, why: `This is no notebook: it takes a file with "format": "${FORMAT}" and a list of items.` }
  }
  if (version !== VERSION) {
    return { ok: false, why: `This notebook has version ${short(version)}. This app reads version ${VERSION}.` }
  }
  if (items.length > ITEMS * 2) {
    return { ok: false, why: `This file holds ${items.length} items. A notebook holds ${ITEMS} at most.` }
  }
  const taken: NotebookItem[] = []
  const refused: string[] = []
  items.forEach((given: unknown, i) => {
    const item = notebookItem.safeParse(given)
    if (item.success) {
      taken.push({ ...item.data, at: Math.min(item.data.at, now) })
      return
    }
    const { field, words } = fieldFault(notebookItem, item.error, given)
    refused.push(`Item ${i + 1}${nameOf(given)}${field ? `, field ${short(field)}` : ''}: ${words}`)
  })
  return { ok: true, items: taken, refused }
}

/** The id of an item, where it has something like one. */
function nameOf(given: unknown): string {
  const id = typeof given === 'object' && given !== null && 'id' in given ? given.id : undefined
  return typeof id === 'string' ? ` (${short(id)})` : ''
}

const short = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text === undefined ? 'none' : text.length > 60 ? `${text.slice(0, 60)}…` : text
}
