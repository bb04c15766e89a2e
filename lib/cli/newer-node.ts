import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { nodeModules } from './steps'

/** The release of Node.js that `npm run test:long` tests on, besides the one that runs it. */
export const RELEASE = '24'

/**
 * Returns the path of a Node.js of that release, installed from npm below `node_modules` if it isn't there yet.
 * @throws Error if it can't be installed, or doesn't run here.
 */
export function newerNode(say: (line: string) => void): string {
  const folder = join(nodeModules(), '.cache', 'hitrate', `node-${RELEASE}`)
  // The package `node` would fetch one of these by its install script, which npm may not run.
  const name = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'
  const dependency = `${name}-${process.platform}-${process.arch}`
  const binary = join(folder, 'node_modules', dependency, 'bin', 'node')
  if (!existsSync(binary)) {
    say(`Installing Node ${RELEASE} from npm, for the tests alone.`)
    mkdirSync(folder, { recursive: true })
    const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts']
    const { status, stderr } = spawnSync('npm', [...args, `${dependency}@${RELEASE}`], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`Node ${RELEASE} can't be installed: ${stderr.trim()}`)
  }
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  if (!stdout.startsWith(`v${RELEASE}.`)) throw new Error(`${binary} isn't Node ${RELEASE}: it says "${stdout}".`)
  return binary
}
