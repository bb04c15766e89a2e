import { exercises } from '@/lessons'
import { type Context, openContext } from '@/lib/context'
import { handle } from '@/lib/handle'
import { readSettings } from '@/lib/settings'

/** The launcher closes what it finds under this name. Next evaluates modules more than once: globalThis holds the one. */
const HOLDER = globalThis as { [key: symbol]: Context | undefined }
const NAME = Symbol.for('hitrate.context')

const respond = (request: Request): Promise<Response> => {
  HOLDER[NAME] ??= openContext(readSettings(), { exercises })
  return handle(request, HOLDER[NAME])
}

// A route exports every method, so that a wrong one is answered by the handler's problem and not by Next's empty 405.
export {
  respond as DELETE,
  respond as GET,
  respond as HEAD,
  respond as OPTIONS,
  respond as PATCH,
  respond as POST,
  respond as PUT,
}
