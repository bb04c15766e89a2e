import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Command } from './child'

/** The command that runs a TypeScript file of ours in a Node of its own, wherever we were started. */
export function nodeCommand(file: URL, ...args: string[]): Command {
  const loader = createRequire(import.meta.url).resolve('tsx')
  return { command: process.execPath, args: ['--import', loader, fileURLToPath(file), ...args] }
}
