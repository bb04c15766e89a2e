import { readdirSync, readFileSync } from 'node:fs'

/**
 * Whether a process can still do anything. A zombie can't: the first process of a container often reaps none, so that
 * they stay. It may be another user's.
 */
export function isAlive(pid: number): boolean {
  return Number.isInteger(pid) && pid > 0 && signal(pid) && stateOf(pid)?.state !== 'Z'
}

/** Whether anything of a process group can still do anything. */
export function isGroupAlive(group: number): boolean {
  if (!Number.isInteger(group) || group <= 0 || !signal(-group)) return false
  const members = processes().flatMap((pid) => stateOf(pid) ?? [])
  return members.length === 0 || members.some((member) => member.group === group && member.state !== 'Z')
}

/** Whether there is a process, or a group, of this number. */
function signal(number: number): boolean {
  try {
    process.kill(number, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** All processes; none on systems without /proc, such as macOS. */
function processes(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
  } catch {
    return []
  }
}

/** The state and the group of a process, as `proc(5)` gives them behind its name, which may have parentheses in it. */
function stateOf(pid: number): { state: string; group: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state, group: Number(group) }
  } catch {
    return undefined
  }
}
