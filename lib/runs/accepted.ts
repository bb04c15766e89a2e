import { z } from 'zod'

/** As much of a JSON schema as bodies are described with here. */
interface Described {
  type?: string | string[]
  enum?: string[]
  minimum?: number
  maximum?: number
  pattern?: string
  properties?: Record<string, Described>
  additionalProperties?: Described | boolean
  items?: Described
}

/**
 * What a field takes, in the words that parameters are described with: `a whole number from 1 to 200,000`. They are
 * made from the schema that checks it.
 * @param path where the field stands; the whole body where it is empty.
 */
export function acceptedAt(schema: z.ZodType, path: readonly PropertyKey[]): string {
  let field: Described = z.toJSONSchema(schema, { io: 'input' }) as Described
  for (const name of path) {
    const { properties = {}, additionalProperties, items } = field
    const others = items ?? (typeof additionalProperties === 'object' ? additionalProperties : {})
    field = (Object.hasOwn(properties, name) ? properties[String(name)] : undefined) ?? others
  }
  return inWords(field)
}

function inWords({ type, enum: options, minimum, maximum, pattern }: Described): string {
  if (options) return `one of ${options.join(', ')}`
  if (Array.isArray(type)) return type.map((each) => inWords({ type: each })).join(' or ')
  const bounds = [minimum, maximum].map((bound) => bound?.toLocaleString('en-US'))
  const range = minimum !== undefined && maximum !== undefined ? ` from ${bounds.join(' to ')}` : ''
  if (type === 'integer') return `a whole number${range}`
  if (type === 'number') return `a number${range}`
  if (type === 'boolean') return 'true or false'
  if (type === 'string') return pattern ? `text that fits ${pattern}` : 'text'
  return 'an object'
}
