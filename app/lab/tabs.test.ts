import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inTurn, joinTabs } from './tabs'

/** Tabs of a browser without Web Locks: they are all here, and talk by real channels. Their timers run faster. */

/** What passes on the tabs' timers while their channels get a turn. */
const STEP_MS = 50
const turn = setImmediate

/** Node's channels keep its process, so that each has to be left. */
const leaves: (() => void)[] = []
let name = ''
let names = 0
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  name = `tabs-${names++}`
  vi.stubGlobal('navigator', {})
})
afterEach(() => {
  for (const leave of leaves.splice(0)) leave()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    // Several: what one channel says another hears some turns later.
    for (let turns = 0; turns < 10; turns++) await new Promise((resolve) => turn(resolve))
    vi.advanceTimersByTime(STEP_MS)
  }
}

interface Joined {
  leads: boolean
  others: boolean | undefined
  leave(): void
}

function join(): Joined {
  const joined: Joined = { leads: false, others: undefined, leave: () => {} }
  joined.leave = joinTabs(name, {
    lead() {
      joined.leads = true
      return () => (joined.leads = false)
    },
    others: (there) => (joined.others = there),
  })
  leaves.push(joined.leave)
  return joined
}
const leadersOf = (tabs: readonly Joined[]) => tabs.filter(({ leads }) => leads)
/** What the tabs agree on: one leads, and has counted the others. */
const agreed = async (tabs: readonly Joined[]) => {
  await until(() => leadersOf(tabs).length === 1 && leadersOf(tabs)[0]?.others === tabs.length > 1)
  return leadersOf(tabs)[0] as Joined
}

const cases: [string, () => void][] = [
  ['without Web Locks', () => {}],
  [
    'with site data blocked, where Web Locks throw',
    () => {
      const request = () => Promise.reject(new DOMException('denied', 'SecurityError'))
      vi.stubGlobal('navigator', { locks: { request, query: request } })
    },
  ],
]

describe.each(cases)('tabs %s', (_where, given) => {
  beforeEach(given)

  it('have one leader, though they come at the same time', async () => {
    await agreed([join(), join(), join(), join(), join(), join(), join()])
  })

  it('have another leader when theirs leaves', async () => {
    const tabs = [join(), join(), join()]
    const leader = await agreed(tabs)
    leader.leave()
    const left = tabs.filter((tab) => tab !== leader)
    expect(await agreed(left)).not.toBe(leader)
    expect(leader.leads).toBe(false)
  })

  it('follow the one that leads already', async () => {
    const first = join()
    await agreed([first])
    const tabs = [first, join(), join()]
    expect(await agreed(tabs)).toBe(first)
  })

  it('have another leader when theirs is gone without a word', async () => {
    const gone = new BroadcastChannel(`${name}:lead`)
    const said: string[] = []
    gone.onmessage = ({ data }) => {
      const { kind } = data as { kind: string }
      said.push(kind)
      if (kind === 'ask') gone.postMessage({ kind: 'lead', id: '0', term: 1 })
    }
    const tab = join()
    await until(() => said.includes('here'))
    expect(tab.leads).toBe(false)
    gone.close()
    await until(() => tab.leads)
  })

  it('do what they do in turn all the same', async () => {
    const work = vi.fn(async () => {})
    await inTurn(name, work)
    expect(work).toHaveBeenCalledTimes(1)
  })

  it('see an error of what they do in turn once', async () => {
    const work = vi.fn(() => Promise.reject(new DOMException('of its own', 'SecurityError')))
    await expect(inTurn(name, work)).rejects.toThrow('of its own')
    expect(work).toHaveBeenCalledTimes(1)
  })
})
