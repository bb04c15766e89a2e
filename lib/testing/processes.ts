import { execFileSync } from 'node:child_process'

export { isAlive as isRunning } from '../cli/alive'

/** The process of the guard that a child runs behind: the leader of its group. */
export const guardOf = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' }))

/** All processes of a child's group but the child itself: its guard, and what the guard has started beside it. */
export function guardsOf(pid: number): number[] {
  const group = guardOf(pid)
  const all = execFileSync('ps', ['-A', '-o', 'pid=,pgid='], { encoding: 'utf8' }).trim().split('\n')
  const members = all.map((line) => line.trim().split(/\s+/).map(Number)).filter(([, pgid]) => pgid === group)
  return members.map(([member = 0]) => member).filter((member) => member !== pid)
}
