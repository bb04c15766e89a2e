import { z } from 'zod'
import { runConfig } from '@/lib/runs/config'

interface Schema {
  type?: string
  enum?: readonly string[]
  const?: unknown
  minimum?: number
  maximum?: number
  default?: unknown
  description?: string
  pattern?: string
  properties?: Record<string, Schema>
  required?: readonly string[]
  anyOf?: readonly Schema[]
}

interface Row {
  name: string
  takes: string
  fallback: string
  about: string
}

/** Each field of a run config, made from the schema that judges it. */
export function runConfigRows(): Row[] {
  return rowsOf(z.toJSONSchema(runConfig, { io: 'input' }) as Schema, '')
}

function rowsOf({ properties = {}, required = [] }: Schema, prefix: string): Row[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${prefix}${key}`
    if (schema.properties) return rowsOf(schema, `${name}.`)
    const fallback = required.includes(key)
      ? 'has to be given'
      : schema.default === undefined
        ? 'none'
        : written(schema.default)
    return [{ name, takes: takes(schema), fallback, about: schema.description ?? '' }]
  })
}

const written = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

function takes({ type, enum: options, minimum, maximum, pattern }: Schema): string {
  if (options) return `one of ${options.join(', ')}`
  if (type === 'integer' || type === 'number') {
    const kind = type === 'integer' ? 'a whole number' : 'a number'
    const bound = (value: number) => value.toLocaleString('en-US')
    return minimum === undefined || maximum === undefined ? kind : `${kind} from ${bound(minimum)} to ${bound(maximum)}`
  }
  if (type === 'boolean') return 'true or false'
  if (type === 'object') return 'an object'
  return pattern ? `text like ${pattern}` : 'text'
}

export function RunConfigTable() {
  return (
    <table className="listing">
      <thead>
        <tr>
          {['Field', 'Takes', 'Where absent', 'About'].map((each) => (
            <th key={each} scope="col">
              {each}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runConfigRows().map(({ name, takes, fallback, about }) => (
          <tr key={name}>
            <th scope="row" className="num">
              {name}
            </th>
            <td>{takes}</td>
            <td className="num">{fallback}</td>
            <td>{about}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
