import { type Fault, faultIn, faultOf } from '@/app/lab/problem'
import { openTarget, type Target } from '@/app/lab/targets'

/** A write that was sent from the page, and what came of it. */
export interface Written {
  path: string
  /** Milliseconds of the page's clock (`performance.now`). */
  sentMs: number
  answeredMs: number
  /** The version that it made; absent where it failed. */
  version?: number
  fault?: Fault
}

/** What is written where it does not matter what: each time something else. */
export const someNote = (now: number): { notes: string } => ({
  notes: `Written from a lesson at ${new Date(now).toISOString()}.`,
})

/** Send a `PATCH`, of what `path` asks for, to the app or a process beside it. Never rejects. */
export async function write(path: string, body: object, to: Target = 'app'): Promise<Written> {
  let sentMs = performance.now()
  const over = (rest: Pick<Written, 'version' | 'fault'>): Written => ({
    path,
    sentMs,
    answeredMs: performance.now(),
    ...rest,
  })
  try {
    const address = await openTarget(to)
    // A process that has to be started takes its time, which is not the write's.
    sentMs = performance.now()
    const response = await fetch(address + path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (response.ok) return over({ version: Number(response.headers.get('x-version')) })
    return over({ fault: faultOf(response.status, parsed(text), response.headers) })
  } catch (error) {
    return over({ fault: faultIn(error) })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // An error page of something in between: the fault says that it could not be read.
    return undefined
  }
}
