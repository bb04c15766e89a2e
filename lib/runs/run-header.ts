/** Marks a request as one that a run measures: the server counts, by its value, the origin calls of that run. */
export const RUN_HEADER = 'x-hitrate-run'
/**
 * Marks a request whose outcome the server leaves uncounted: the edge, nearer to the client, counts it, or nobody waits
 * for its response. What it costs, such as origin calls, counts all the same.
 */
export const UNCOUNTED_HEADER = 'x-hitrate-uncounted'
/** What `npm run load` sends in the place of a run's id. */
export const TERMINAL_RUN = 'terminal'
