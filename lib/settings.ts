import { z } from 'zod'

/** What a backing service is: somebody else's, a private one of ours, or one that only acts like it. */
export const serviceKind = z.enum(['external', 'local', 'emulated'])

const service = z.object({
  kind: serviceKind,
  /** Where to reach it: a URL, or for a unix socket `redis+unix:///path` and `postgresql:///db?host=/folder&user=…`. */
  url: z.string(),
  /** Name and version, as people say it: `redis 7.0.15`. */
  name: z.string(),
})
export type ServiceAddress = z.infer<typeof service>

const command = z.object({ command: z.string(), args: z.array(z.string()) })

const settings = z.object({
  /** The app's own address, with its real port: `http://127.0.0.1:3000`. */
  address: z.url(),
  /** Host names by which the app may be asked for, besides loopback's; see `guard`. */
  hosts: z.array(z.string()).default([]),
  redis: service,
  postgres: service,
  rates: service,
  /** How processes beside the app are started. Without it there are none. */
  commands: z.object({ worker: command, edge: command }).optional(),
})
/** Where everything is that the app needs. The launcher finds or starts it and hands it on. */
export type Settings = z.infer<typeof settings>

const VARIABLE = 'HITRATE_SETTINGS'

/** Read what the launcher found. Throws where the app was not started by it. */
export function readSettings(env = process.env): Settings {
  const text = env[VARIABLE]
  if (!text) throw new Error('Hitrate was started without its launcher: use npm start, npm run dev or npm test.')
  return settings.parse(JSON.parse(text))
}

/** Hand the settings to this process and to the children it starts. */
export function writeSettings(value: Settings, env = process.env): void {
  env[VARIABLE] = JSON.stringify(value)
}

/** The environment of a process beside the app: our own, and the settings. */
export function inherited(value: Settings): NodeJS.ProcessEnv {
  const env = { ...process.env }
  writeSettings(value, env)
  return env
}
