import type { Database } from './database'
import type { Rates } from './rates'

/** The slow truth behind the resources, as one lab sees it. */
export interface Origin {
  /** The lab whose edits lie over the seeded rows. */
  lab: string
  database: Database
  rates: Rates
  /** Epoch milliseconds. */
  now(): number
  /** Wait on purpose. Gives the milliseconds that this took, to be reported as `addedMs`. */
  delay(ms: number): Promise<number>
}
