import { newerNode, RELEASE } from './newer-node'
import { startApp } from './start-app'
import { tell } from './steps'
import { type Count, claimTests, closeWith, unitTests } from './test-count'
import { provideTools } from './tools'

/**
 * `npm run test:long`: what takes too long for `npm test`. The matrices (`*.long.test.ts`), the claims of the lessons
 * again, and the tests, a start, and a run on a newer Node.js. Ends with one line that counts the tests.
 */

/** How often the claims are measured, on top of the one time in `npm test`. */
const REPEATS = 2
const RUN_MS = 60_000

const counts: Count[] = []
try {
  provideTools(console.log, { browser: false })
  counts.push(await unitTests('matrices', ['--project', 'long']))
  for (let turn = 1; turn <= REPEATS; turn += 1) {
    counts.push(await claimTests(`claims, ${turn} of ${REPEATS}`))
  }
  const node = newerNode(console.log)
  counts.push(await unitTests(`on Node ${RELEASE}`, ['--project', 'fast', '--project', 'services'], node))
  counts.push(await startsAndRuns(node))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  counts.push({ passed: 0, failed: 1 })
}
closeWith(counts)

/** Starts the app on another Node.js and has it do one run of hits, to the end. */
async function startsAndRuns(node: string): Promise<Count> {
  const before = performance.now()
  const app = await startApp({}, node)
  let ok = false
  try {
    const config = { resource: 'tasks/{id}', strategy: 'redis', requests: 200, connections: 1, lab: 'newer-node' }
    const created = await fetch(`${app.address}/api/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(config),
      signal: AbortSignal.timeout(RUN_MS),
    })
    const { id } = (await created.json()) as { id: string }
    const events = await fetch(`${app.address}/api/runs/${id}/events`, { signal: AbortSignal.timeout(RUN_MS) })
    await events.text()
    const state = (await (await fetch(`${app.address}/api/runs/${id}`)).json()) as {
      status: string
      report: { requests: number; errors: number; originCalls: number; versions: { node: string } }
    }
    const { requests, errors, originCalls, versions } = state.report
    const major = versions.node.split('.')[0]
    ok = state.status === 'done' && requests === 200 && errors === 0 && originCalls === 1 && major === RELEASE
    if (!ok) console.log(JSON.stringify(state))
  } finally {
    await app.stop()
  }
  tell(`start and run on Node ${RELEASE}`, ok, performance.now() - before)
  return { passed: Number(ok), failed: Number(!ok) }
}
