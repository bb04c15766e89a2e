import type { ItemOf, NotebookItem, NotebookKind } from '@/lib/notebook/items'
import { LATEST } from '@/lib/notebook/limits'
import { type Copy, emptyCopy } from './merge'

/**
 * A light look at what a browser kept, which any extension, older version or curious reader may have changed: enough
 * that no part of a page fails on it. The server checks every item by its schema before it takes it.
 */

type Shape = 'string' | 'number' | 'list'
type Shapes = { [Kind in NotebookKind]: { [Field in RequiredOf<ItemOf<Kind>>]: Shape } }
/** The fields of an item that are always there, besides those that all items have. */
type RequiredOf<Item> = Exclude<
  { [Field in keyof Item]-?: undefined extends Item[Field] ? never : Field }[keyof Item],
  'id' | 'kind' | 'at'
>

const REQUIRED: Shapes = {
  progress: { lesson: 'string', reading: 'string' },
  prediction: { lesson: 'string', experiment: 'string', ask: 'string' },
  run: {
    run: 'string',
    resource: 'string',
    strategy: 'string',
    ttl: 'number',
    seed: 'number',
    requests: 'number',
    errors: 'number',
    hitRate: 'number',
    originCalls: 'number',
    throughput: 'number',
    p50: 'number',
    p95: 'number',
    p99: 'number',
  },
  conclusion: { lesson: 'string', experiment: 'string', text: 'string' },
  exercise: { lesson: 'string', exercise: 'string', seen: 'list' },
  hints: { lesson: 'string', exercise: 'string', used: 'number' },
  command: { text: 'string' },
  recall: { lesson: 'string', question: 'string', answers: 'list' },
}

type Fields = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const shapeOf = (value: unknown) => (Array.isArray(value) ? 'list' : Number.isNaN(value) ? 'none' : typeof value)

/** Whether every part of a page can show this. */
export function isItem(value: unknown): value is NotebookItem {
  if (!isRecord(value)) return false
  const { id, kind, at } = value
  if (typeof kind !== 'string' || !Object.hasOwn(REQUIRED, kind)) return false
  if (typeof id !== 'string' || !id.startsWith(`${kind}:`)) return false
  if (typeof at !== 'number' || !Number.isInteger(at) || at < 0 || at > LATEST) return false
  const shapes: Readonly<Record<string, Shape>> = REQUIRED[kind as NotebookKind]
  return (
    Object.entries(shapes).every(([field, shape]) => shapeOf(value[field]) === shape) &&
    // Nothing that a page shows is an object, and of the lists only one holds objects.
    Object.entries(value).every(([field, held]) =>
      Array.isArray(held)
        ? held.every((part) => isPart(field, part))
        : typeof held === 'string' || typeof held === 'boolean' || Number.isFinite(held),
    )
  )
}

const isPart = (field: string, part: unknown) =>
  field === 'answers'
    ? isRecord(part) && Number.isInteger(part.at) && typeof part.right === 'boolean'
    : typeof part === 'string'

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((part): part is string => typeof part === 'string') : []

/** Read a kept copy: what cannot be shown is left out. */
export function readCopy(text: string | null): Copy {
  let kept: unknown
  try {
    kept = JSON.parse(text ?? 'null')
  } catch {
    // It was cut off, or is somebody else's: nothing is kept here, and the server may know more.
    return emptyCopy
  }
  if (!isRecord(kept)) return emptyCopy
  const unsent = isRecord(kept.unsent) ? kept.unsent : {}
  const items = isRecord(kept.items) ? Object.values(kept.items).filter(isItem) : []
  return {
    items: Object.fromEntries(items.map((item) => [item.id, item])),
    unsent: { put: texts(unsent.put), drop: texts(unsent.drop), clear: texts(unsent.clear) },
  }
}
