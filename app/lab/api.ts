import type { Attempt } from '@/lib/checks/attempt'
import type { Health } from '@/lib/health'
import type { LabEntries } from '@/lib/lab/entries'
import type { LabInfo } from '@/lib/lab/events'
import type { LabFaults } from '@/lib/lab/faults'
import type { NotebookItem, NotebookPatch } from '@/lib/notebook/items'
import type { ProcessStates } from '@/lib/processes/routes'
import type { Explanation } from '@/lib/resources/explain'
import type { RunRequest } from '@/lib/runs/config'
import type { RunState } from '@/lib/runs/report'
import type { RunRequests } from '@/lib/runs/samples'
import { faultError, faultOf, noAnswer } from './problem'
import { skewOf } from './skew'

/** What `GET /api/lab/entries` answers. `skewMs` is how far the server's clock is ahead of this browser's. */
export type EntriesAnswer = LabEntries & { skewMs: number }

/** Ask one of the app's own addresses. Rejects with a fault where the answer is no success. */
async function ask(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { cache: 'no-store', ...init }).catch((cause: unknown) => {
    if (init?.signal?.aborted) throw cause
    throw faultError(noAnswer)
  })
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => undefined)
  throw faultError(faultOf(response.status, body, response.headers))
}

const askJson = async <T>(url: string, init?: RequestInit): Promise<T> => (await ask(url, init)).json() as Promise<T>

const postJson = <T>(url: string, body: object) =>
  askJson<T>(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

const putJson = <T>(url: string, body: object) =>
  askJson<T>(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

const named = (lab: string) => `lab=${encodeURIComponent(lab)}`
const runPath = (id: string) => `/api/runs/${encodeURIComponent(id)}`

/** Whose lab this browser works in. */
export const getLab = (signal?: AbortSignal) => askJson<LabInfo>('/api/lab', { signal })

export async function getEntries(lab: string, signal?: AbortSignal): Promise<EntriesAnswer> {
  const asked = Date.now()
  const answer = await askJson<LabEntries>(`/api/lab/entries?${named(lab)}`, { signal })
  return { ...answer, skewMs: skewOf(answer.now, asked, Date.now()) }
}

export const emptyLab = async (lab: string): Promise<void> => {
  await ask(`/api/lab/entries?${named(lab)}`, { method: 'DELETE' })
}

/** Empty this lab's memory, as a restart of the process would. */
export const forgetMemory = async (lab: string): Promise<void> => {
  await ask(`/api/lab/entries?${named(lab)}&tier=memory`, { method: 'DELETE' })
}

export const getFaults = (lab: string, signal?: AbortSignal) =>
  askJson<LabFaults>(`/api/lab/faults?${named(lab)}`, { signal })

export const putFaults = (lab: string, faults: LabFaults) => putJson<LabFaults>(`/api/lab/faults?${named(lab)}`, faults)

/** How Postgres goes about the list of an owner's tasks. */
export const getExplanation = (lab: string, query: Record<'owner' | 'plan' | 'columns', string>) =>
  askJson<Explanation>(`/api/explain?${new URLSearchParams({ ...query, lab })}`)

export const getHealth = (signal?: AbortSignal) => askJson<Health>('/healthz', { signal })

/** The processes beside the app. */
export const getProcesses = (signal?: AbortSignal) => askJson<ProcessStates>('/api/processes', { signal })

/** Have the edge at work; the answer comes when it is. */
export const putEdge = () => askJson<ProcessStates>('/api/edge', { method: 'PUT' })

/** Have so many workers; the answer comes when they are there. */
export const putWorkers = (count: number) => putJson<ProcessStates>('/api/workers', { count })

/** End a worker, or the edge, as a crash would. */
export const crash = async (what: number | 'edge'): Promise<void> => {
  await ask(what === 'edge' ? '/api/edge/crash' : `/api/workers/${what}/crash`, { method: 'POST' })
}

export const startRun = (config: RunRequest) => postJson<{ id: string }>('/api/runs', config)

export const getRun = (id: string, signal?: AbortSignal) => askJson<RunState>(runPath(id), { signal })

/** Its requests one by one, which the server keeps for a while. */
export const getRunRequests = (id: string, signal?: AbortSignal) =>
  askJson<RunRequests>(`${runPath(id)}/requests`, { signal })

export const stopRun = async (id: string): Promise<void> => {
  await ask(runPath(id), { method: 'DELETE' })
}

/** Gives this browser new cookies in place of those that were deleted since the page came: they come with every page. */
export const renewCookies = async (): Promise<void> => {
  await ask('/', { method: 'HEAD', headers: { accept: 'text/html' } })
}

/** The learner's notebook on the server; empty without the learner's cookie. */
export const getNotebook = async () => (await askJson<{ items: NotebookItem[] }>('/api/notebook')).items

export const patchNotebook = async (patch: NotebookPatch): Promise<void> => {
  await ask('/api/notebook', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(patch),
  })
}

/** Drop what the server keeps of a lesson, or all of it. */
export const clearNotebook = async (lesson?: string): Promise<void> => {
  await ask(`/api/notebook${lesson === undefined ? '' : `?lesson=${encodeURIComponent(lesson)}`}`, { method: 'DELETE' })
}

const attemptPath = (exercise: string) => `/api/attempts/${encodeURIComponent(exercise)}`

/** Exercises that the lab works on. */
export const getAttempts = async (lab: string, signal?: AbortSignal) =>
  (await askJson<{ attempts: Attempt[] }>(`/api/attempts?${named(lab)}`, { signal })).attempts

export const startAttempt = (lab: string, exercise: string) =>
  postJson<Attempt>(`/api/attempts?${named(lab)}`, { exercise })

export const endAttempt = async (lab: string, exercise: string): Promise<void> => {
  await ask(`${attemptPath(exercise)}?${named(lab)}`, { method: 'DELETE' })
}

export const handInCommand = (lab: string, exercise: string, text: string) =>
  postJson<Attempt>(`${attemptPath(exercise)}/commands?${named(lab)}`, { text })

export const eventsUrl = (lab: string) => `/api/lab/events?${named(lab)}`
