import { nodeCommand } from '../cli/node-command'
import type { Settings } from '../settings'

/** How the processes beside the app are started from their sources. For launchers: a bundle does not know where these are. */
export const processCommands = (): NonNullable<Settings['commands']> => ({
  worker: nodeCommand(new URL('../workers/worker.ts', import.meta.url)),
  edge: nodeCommand(new URL('../http/edge/process.ts', import.meta.url)),
})
