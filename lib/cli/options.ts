import { isLoopback } from '../http/loopback'
import { OWN_ADDRESSES } from '../http/own-addresses'

/** What a start was asked for. */
export interface StartOptions {
  /** 0: any that is free. */
  port: number
  host: string
  /** Host names by which the app may be asked for, besides loopback's; see `guard`. */
  hosts: string[]
  dev: boolean
}

const EVERYWHERE = ['0.0.0.0', '::']
const HOST_NAME = /^([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/

/** Read `PORT`, `HOST`, `HITRATE_HOSTS` and `--dev`. Throws an Error of one line where one cannot be used. */
export function readOptions(env: NodeJS.ProcessEnv, args: readonly string[]): StartOptions {
  const unknown = args.find((argument) => argument !== '--dev')
  if (unknown !== undefined) throw new Error(`Unknown argument ${unknown}: only --dev is known.`)

  const text = env.PORT ?? '3000'
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new Error(`PORT is ${JSON.stringify(text)}: it takes a whole number from 0 (any free port) to 65535.`)
  }

  const host = env.HOST || '127.0.0.1'
  const named = (env.HITRATE_HOSTS ?? '').split(',').map((name) => name.trim().toLowerCase())
  const hosts = named.filter(Boolean)
  const bad = hosts.find((name) => !HOST_NAME.test(name))
  if (bad !== undefined) {
    throw new Error(
      `HITRATE_HOSTS has ${JSON.stringify(bad)}: it takes host names without scheme and port, with commas.`,
    )
  }
  return { port, host, hosts: [...hosts, ...ownNames(host)], dev: args.includes('--dev') }
}

/** Whether others on the network can reach what listens there. */
export function isExposed(host: string): boolean {
  return !isLoopback(host)
}

/** The URL by which this machine reaches what listens on `host`. */
export function urlOf(host: string, port: number): string {
  const name = EVERYWHERE.includes(host) ? '127.0.0.1' : host
  return `http://${bracketed(name)}:${port}`
}

/** The names that follow from where we listen. */
function ownNames(host: string): string[] {
  if (!isExposed(host)) return []
  return [EVERYWHERE.includes(host) ? OWN_ADDRESSES : bracketed(host.toLowerCase())]
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
