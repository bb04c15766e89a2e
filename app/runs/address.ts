/** Runs that one page compares at most: ten of A and ten of B, as many as an A/B makes. */
export const COMPARED_MAX = 20

/** What an address of the page asks for. */
export type Asked =
  /** `picked` are already chosen for a comparison. */
  | { kind: 'list'; picked: string[] }
  | { kind: 'run'; id: string }
  /** `left` are ids beyond the most that one page compares. */
  | { kind: 'comparison'; ids: string[]; left: string[] }

/** The permanent address of a run. */
export const runAddress = (id: string): string => `/runs?id=${encodeURIComponent(id)}`

/** The address of a comparison, its runs in their order. */
export const comparisonAddress = (ids: readonly string[]): string =>
  ids.length === 1 ? runAddress(ids[0] ?? '') : `/runs?ids=${ids.map(encodeURIComponent).join(',')}`

/** Read an address. One that names the same run twice means it once. */
export function askedIn(query: Pick<URLSearchParams, 'get'>): Asked {
  const ids = listIn([query.get('id'), query.get('ids')].join(','))
  const [id] = ids
  if (id === undefined) return { kind: 'list', picked: listIn(query.get('with')) }
  if (ids.length === 1) return { kind: 'run', id }
  return { kind: 'comparison', ids: ids.slice(0, COMPARED_MAX), left: ids.slice(COMPARED_MAX) }
}

/** The list of runs with some of them chosen already. */
export const listAddress = (picked: readonly string[]): string =>
  `/runs?with=${picked.map(encodeURIComponent).join(',')}`

const listIn = (text: string | null): string[] => [
  ...new Set(
    (text ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  ),
]
