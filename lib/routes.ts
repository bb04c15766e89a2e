import { deleteAttempt, getAttempt, getAttempts, postAttempt, postCommand } from './checks/routes'
import type { Context } from './context'
import { getHealth } from './health'
import { getFaults, putFaults } from './lab/faults'
import { deleteEntries, getEntries, getEvents, getLab } from './lab/routes'
import { deleteNotebook, getNotebook, patchNotebook } from './notebook/routes'
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
    pattern: patternOf(`/api/${resource.id}`),
    methods: {
      GET: (call: Call) => getResource(resource, call),
      ...(resource.write ? { PATCH: (call: Call) => patchResource(resource, call) } : {}),
    },
  })),
  { pattern: patternOf('/api/runs'), methods: { POST: postRun } },
  { pattern: patternOf('/api/runs/{id}'), methods: { GET: getRun, DELETE: deleteRun } },
  { pattern: patternOf('/api/runs/{id}/events'), methods: { GET: getRunEvents } },
  { pattern: patternOf('/api/runs/{id}/requests'), methods: { GET: getRunRequests } },
  { pattern: patternOf('/api/lab'), methods: { GET: getLab } },
  { pattern: patternOf('/api/lab/events'), methods: { GET: getEvents } },
  { pattern: patternOf('/api/lab/entries'), methods: { GET: getEntries, DELETE: deleteEntries } },
  { pattern: patternOf('/api/lab/faults'), methods: { GET: getFaults, PUT: putFaults } },
  {
    pattern: patternOf('/api/notebook'),
    methods: { GET: getNotebook, PATCH: patchNotebook, DELETE: deleteNotebook },
  },
  { pattern: patternOf('/api/attempts'), methods: { GET: getAttempts, POST: postAttempt } },
  { pattern: patternOf('/api/attempts/{exercise}'), methods: { GET: getAttempt, DELETE: deleteAttempt } },
  { pattern: patternOf('/api/attempts/{exercise}/commands'), methods: { POST: postCommand } },
  { pattern: patternOf('/api/explain'), methods: { GET: getExplanation } },
  { pattern: patternOf('/api/schema'), methods: { GET: () => Response.json(schemas()) } },
  { pattern: patternOf('/healthz'), methods: { GET: getHealth } },
]

/** Turn `/api/tasks/{id}` into a pattern with a named group for each brace, that matches the whole path. */
export function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
}
