/** Marks a request as one that a run measures: the server counts, by its value, the origin calls of that run. */
export const RUN_HEADER = 'x-hitrate-run'
/** What `npm run load` sends in the place of a run's id. */
export const TERMINAL_RUN = 'terminal'
