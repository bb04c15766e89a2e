import type { z } from 'zod'
import { invalidField } from './invalid-field'
import { problem } from './problem'
import { findUnstorable } from './storable'

/** A JSON body may be this long. */
export const BODY_BYTES = 64 * 1024

/**
 * Reads a JSON body, and no more of it than {@link BODY_BYTES}. Throws `unsupported-media-type`, `body-too-large`, or
 * `invalid-body`, also for a text that Postgres can't store, because texts of any body may end up there.
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (type.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    throw problem('unsupported-media-type', { parameter: 'Content-Type', given: type, accepted: 'application/json' })
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > BODY_BYTES) {
      throw problem('body-too-large', { parameter: 'body', given: `more than ${BODY_BYTES} bytes`, accepted: '64 KiB' })
    }
    chunks.push(chunk)
  }
  const json = parse(Buffer.concat(chunks).toString('utf8'))
  const untaken = findUnstorable(json)
  if (!untaken) return json
  const { path, given, accepted } = untaken
  const parameter = path || 'body'
  throw problem('invalid-body', { detail: `${parameter} takes ${accepted}.`, parameter, given, accepted })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw problem(
      'invalid-body',
      { detail: 'The body is not JSON.', parameter: 'body', given: text, accepted: 'JSON' },
      { cause },
    )
  }
}

/** Reads a JSON body that `schema` describes. Throws as {@link readJson}, and `invalid-body` with the first field that fails. */
export async function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  const body = await readJson(request)
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw invalidField(schema, parsed.error, body)
  return parsed.data
}
