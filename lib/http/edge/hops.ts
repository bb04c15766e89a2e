import { type Fields, fieldOf, tokensOf } from './fields'

/** Fields that are about one connection and end with it (RFC 9110, 7.6.1), besides those that `Connection` names. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

const ALWAYS: ReadonlySet<string> = new Set(HOP_BY_HOP)

/** The names of the fields of a message that a proxy must not pass on, from its `Connection` field. */
export function hopsOf(connection: string | undefined): ReadonlySet<string> {
  const named = tokensOf(connection).filter((name) => name !== 'close' && name !== 'keep-alive')
  return named.length === 0 ? ALWAYS : new Set([...HOP_BY_HOP, ...named])
}

/** Whether a message came by here already: `hop` is among the recipients that its `Via` names. */
export function cameBy(via: string | undefined, hop: string): boolean {
  return via?.split(',').some((member) => member.trim().split(/[ \t]+/)[1] === hop) ?? false
}

/** `Via` with one more hop (RFC 9110, 7.6.3): `received` is the version of HTTP in which the message came. */
export function viaOf(fields: Fields, received: string, name: string): string {
  const before = fieldOf(fields, 'via')
  return `${before ? `${before}, ` : ''}${received} ${name}`
}
