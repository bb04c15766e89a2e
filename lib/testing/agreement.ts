import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, inject } from 'vitest'
import { type Context, openContext } from '../context'
import { handle } from '../handle'
import { toNodeListener } from '../http/node'
import type { LabCounters } from '../lab/events'
import type { Rates } from '../origin/rates'
import { processCommands } from '../processes/commands'
import { planRun, type RunRequest } from '../runs/config'
import { loadHistograms } from '../runs/histogram'
import type { Report } from '../runs/report'
import { isOver, reportOf } from '../runs/run'
import { generateHere } from '../runs/testing'

/** What a run's report and its lab's counters both say. */
export type Said = Pick<LabCounters, 'outcomes' | 'originCalls'>

/** An app of its own on the real clock, whose runs are compared with what its labs have counted. */
export interface Agreement {
  /** Runs it in a new lab, to its end. */
  run(config: Omit<RunRequest, 'lab'>): Promise<{ report: Report; saidByReport: Said; saidByLab: Said }>
  close(): Promise<void>
}

/**
 * Opens the app over the tests' services.
 * @param rates what the app's own process gets from the rate provider.
 */
export async function openAgreement(rates?: Rates): Promise<Agreement> {
  await loadHistograms()
  const server = createServer(toNodeListener((request) => handle(request, context)))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings = { address, hosts: [], ...inject('services'), commands: processCommands() }
  const context: Context = openContext(settings, { rates, spawn: generateHere })
  let labs = 0

  return {
    async run(config) {
      labs += 1
      const lab = `agreement-${process.pid}-${labs}`
      const run = context.runs.start(planRun({ ...config, lab }, lab))
      await expect.poll(() => isOver(run), { timeout: 30_000 }).toBe(true)
      expect([run.status, run.reason]).toEqual(['done', undefined])
      const report = reportOf(run)
      const { outcomes, originCalls } = context.labs.get(lab).totals()
      return {
        report,
        saidByReport: { outcomes: report.outcomes, originCalls: report.originCalls },
        saidByLab: { outcomes, originCalls },
      }
    },
    async close() {
      await context.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
