import { deleteAttempt, getAttempt, getAttempts, postAttempt, postCommand } from './checks/routes'
import type { Context } from './context'
import { getHealth } from './health'
import { pathPattern } from './http/path-pattern'
import { getFaults, putFaults } from './lab/faults'
import { deleteEntries, getEntries, getEvents, getLab } from './lab/routes'
import { deleteNotebook, getNotebook, patchNotebook } from './notebook/routes'
import { crashEdge, crashWorker, getProcesses, putEdge, putWorkers } from './processes/routes'
import { resources } from './resources'
import { getResource } from './resources/answer'
import { getExplanation } from './resources/explain'
import { patchResource } from './resources/write'
import { deleteRun, getRun, getRunEvents, getRunRequests, postRun } from './runs/routes'
import { schemas } from './schema'

/** A request that has found its route: `path` holds the decoded values of the pattern's groups. */
export interface Call {
  request: Request
  url: URL
  path: Record<string, string>
  context: Context
}

export interface Route {
  pattern: RegExp
  methods: Record<string, (call: Call) => Response | Promise<Response>>
}

/** Every address of the app's API. */
export const routes: readonly Route[] = [
  ...resources.map((resource) => ({
    pattern: pathPattern(`/api/${resource.id}`),
    methods: {
      GET: (call: Call) => getResource(resource, call),
      ...(resource.write ? { PATCH: (call: Call) => patchResource(resource, call) } : {}),
    },
  })),
  { pattern: pathPattern('/api/runs'), methods: { POST: postRun } },
  { pattern: pathPattern('/api/runs/{id}'), methods: { GET: getRun, DELETE: deleteRun } },
  { pattern: pathPattern('/api/runs/{id}/events'), methods: { GET: getRunEvents } },
  { pattern: pathPattern('/api/runs/{id}/requests'), methods: { GET: getRunRequests } },
  { pattern: pathPattern('/api/lab'), methods: { GET: getLab } },
  { pattern: pathPattern('/api/lab/events'), methods: { GET: getEvents } },
  { pattern: pathPattern('/api/lab/entries'), methods: { GET: getEntries, DELETE: deleteEntries } },
  { pattern: pathPattern('/api/lab/faults'), methods: { GET: getFaults, PUT: putFaults } },
  {
    pattern: pathPattern('/api/notebook'),
    methods: { GET: getNotebook, PATCH: patchNotebook, DELETE: deleteNotebook },
  },
  { pattern: pathPattern('/api/attempts'), methods: { GET: getAttempts, POST: postAttempt } },
  { pattern: pathPattern('/api/attempts/{exercise}'), methods: { GET: getAttempt, DELETE: deleteAttempt } },
  { pattern: pathPattern('/api/attempts/{exercise}/commands'), methods: { POST: postCommand } },
  { pattern: pathPattern('/api/explain'), methods: { GET: getExplanation } },
  { pattern: pathPattern('/api/processes'), methods: { GET: getProcesses } },
  { pattern: pathPattern('/api/edge'), methods: { PUT: putEdge } },
  { pattern: pathPattern('/api/edge/crash'), methods: { POST: crashEdge } },
  { pattern: pathPattern('/api/workers'), methods: { PUT: putWorkers } },
  { pattern: pathPattern('/api/workers/{number}/crash'), methods: { POST: crashWorker } },
  { pattern: pathPattern('/api/schema'), methods: { GET: () => Response.json(schemas()) } },
  { pattern: pathPattern('/healthz'), methods: { GET: getHealth } },
]
