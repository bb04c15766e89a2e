import { z } from 'zod'
import { attempt, attemptChange, attempts, handedCommand, newAttempt } from './checks/attempt'
import { health } from './health'
import { PROBLEMS, type ProblemCode } from './http/problem'
import { labEntries } from './lab/entries'
import { labBatch, labInfo } from './lab/events'
import { labFaults } from './lab/faults'
import { notebook, notebookPatch } from './notebook/items'
import { processStates, wantedWorkers } from './processes/routes'
import { resources } from './resources'
import { explanation } from './resources/explain'
import { runConfig } from './runs/config'
import { report, runState, snapshot } from './runs/report'
import { runRequests } from './runs/samples'

const problemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string().optional(),
  parameter: z.string().optional(),
  given: z.string().optional(),
  accepted: z.string().optional(),
})

/** JSON Schemas (2020-12) of all bodies and events: what `/api/schema` serves. */
export function schemas() {
  const out = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })
  const sent = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return {
    requests: {
      'POST /api/runs': sent(runConfig),
      'POST /api/attempts': sent(newAttempt),
      'POST /api/attempts/{exercise}/commands': sent(handedCommand),
      'PUT /api/lab/faults': sent(labFaults),
      'PATCH /api/notebook': sent(notebookPatch),
      'PUT /api/workers': sent(wantedWorkers),
      ...Object.fromEntries(
        resources.flatMap(({ id, write }) => (write ? [[`PATCH /api/${id}`, sent(write.body)]] : [])),
      ),
    },
    answers: {
      'GET /api/attempts': out(attempts),
      'GET /api/attempts/{exercise}': out(attempt),
      'GET /api/explain': out(explanation),
      'GET /api/lab': out(labInfo),
      'GET /api/lab/entries': out(labEntries),
      'GET /api/lab/faults': out(labFaults),
      'GET /api/notebook': out(notebook),
      'GET /api/processes': out(processStates),
      'GET /api/runs/{id}': out(runState),
      'GET /api/runs/{id}/requests': out(runRequests),
      'PUT /api/edge': out(processStates),
      'PUT /api/workers': out(processStates),
      'GET /healthz': out(health),
      'application/problem+json': out(problemBody),
    },
    events: {
      'GET /api/lab/events': {
        hello: out(labInfo),
        events: out(labBatch),
        run: out(runState),
        snapshot: out(snapshot),
        report: out(report),
        attempt: out(attemptChange),
      },
      'GET /api/runs/{id}/events': { snapshot: out(snapshot), report: out(report) },
    },
  }
}
