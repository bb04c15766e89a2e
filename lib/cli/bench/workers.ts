import { processStates } from '../../processes/routes'
import { loadTask, MANY, median, row, TURNS, times } from './measure'

const COUNTS = [1, 2, 4] as const

/** What more workers bring, the load generator and what backs them being on the same machine. */
export async function workers(app: string): Promise<void> {
  const rates: Record<number, number[]> = {}
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const count of COUNTS) {
      const addresses = await startWorkers(app, count)
      const { throughput } = await loadTask(addresses, 'memory', MANY)
      rates[count] = [...(rates[count] ?? []), throughput]
    }
  }
  const of = (count: number) => median(rates[count] ?? [])
  for (const count of COUNTS.slice(1)) {
    row(`throughput of memory hits, ten connections: ${count} workers / 1 worker`, times(of(count) / of(1)))
  }
}

async function startWorkers(app: string, count: number): Promise<string[]> {
  const answer = await fetch(`${app}/api/workers`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ count }),
  })
  const addresses = processStates.parse(await answer.json()).workers.map(({ address }) => address)
  if (addresses.length !== count) throw new Error(`${addresses.length} workers started where ${count} are measured.`)
  return addresses
}
