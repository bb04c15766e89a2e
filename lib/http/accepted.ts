import { z } from 'zod'

/** As much of a JSON schema as bodies are described with here. */
interface Described {
  type?: string | string[]
  enum?: string[]
  const?: unknown
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
  pattern?: string
  properties?: Record<string, Described>
  additionalProperties?: Described | boolean
  items?: Described
  anyOf?: Described[]
  oneOf?: Described[]
}

/** An object of more fields than this is described by its schema. */
const LISTED_FIELDS = 8

/**
 * Says what a field takes, in the words that parameters are described with: `a whole number from 1 to 200,000`. The words
 * come from the schema that checks it.
 * @param path where the field is; empty for the whole body.
 * @param body what was sent: its values choose between the shapes of a union.
 */
export function acceptedAt(schema: z.ZodType, path: readonly PropertyKey[], body?: unknown): string {
  return inWords(describedAt(schema, path, body))
}

/** The fields of the object at `path`, by name. */
export const fieldsAt = (schema: z.ZodType, path: readonly PropertyKey[], body?: unknown): string =>
  fieldNames(describedAt(schema, path, body)).join(', ')

const fieldNames = ({ properties = {} }: Described) => Object.keys(properties)

function describedAt(schema: z.ZodType, path: readonly PropertyKey[], body: unknown): Described {
  let field = z.toJSONSchema(schema, { io: 'input' }) as Described
  let value = body
  for (const name of path) {
    field = propertyOf(shapeOf(field, value), name)
    value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[name] : undefined
  }
  return shapeOf(field, value)
}

function propertyOf(
  { properties = {}, additionalProperties, items, anyOf, oneOf }: Described,
  name: PropertyKey,
): Described {
  const options = (anyOf ?? oneOf ?? []).flatMap(({ properties = {} }) => properties[String(name)] ?? [])
  if (options.length > 0) return { anyOf: options }
  const others = items ?? (typeof additionalProperties === 'object' ? additionalProperties : {})
  return (Object.hasOwn(properties, name) ? properties[String(name)] : undefined) ?? others
}

/** The shape of a union whose constants the value has; the union itself if no single one does. */
function shapeOf(field: Described, value: unknown): Described {
  const shapes = field.anyOf ?? field.oneOf
  if (!shapes || typeof value !== 'object' || value === null) return field
  const fitting = shapes.filter(({ properties = {} }) =>
    Object.entries(properties).every(
      ([name, { const: fixed }]) => fixed === undefined || (value as Record<string, unknown>)[name] === fixed,
    ),
  )
  return (fitting.length === 1 ? fitting[0] : undefined) ?? field
}

const either = (options: string[]): string => [...new Set(options)].join(' or ')

function inWords(field: Described): string {
  const {
    type,
    enum: options,
    const: fixed,
    format,
    minimum,
    maximum,
    minLength = 0,
    maxLength,
    pattern,
    items,
  } = field
  const shapes = field.anyOf ?? field.oneOf
  if (shapes?.every((shape) => shape.const !== undefined))
    return `one of ${shapes.map((shape) => String(shape.const)).join(', ')}`
  if (shapes) return either(shapes.map(inWords))
  if (options) return `one of ${options.join(', ')}`
  if (fixed !== undefined) return JSON.stringify(fixed)
  if (Array.isArray(type)) return either(type.map((each) => inWords({ type: each })))
  const bound = (n: number) => n.toLocaleString('en-US')
  const isBounded = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER
  const range = isBounded ? ` from ${bound(minimum)} to ${bound(maximum)}` : ''
  if (type === 'integer') return `a whole number${range}`
  if (type === 'number') return `a number${range}`
  if (type === 'boolean') return 'true or false'
  if (type === 'string') {
    if (format === 'date') return 'a date such as 2026-11-28'
    if (pattern) return `text that matches ${pattern}`
    if (maxLength === undefined) return 'text'
    return minLength > 0
      ? `text of ${minLength} to ${bound(maxLength)} characters`
      : `text of at most ${bound(maxLength)} characters`
  }
  if (items)
    return `a list${field.maxItems === undefined ? '' : ` of at most ${bound(field.maxItems)}`}, each ${inWords(items)}`
  const names = fieldNames(field)
  if (names.length === 0) return 'an object'
  return names.length > LISTED_FIELDS
    ? 'an object with the fields at /api/schema'
    : `an object with ${names.join(', ')}`
}
