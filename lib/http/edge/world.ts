import type { Dispatcher } from 'undici'
import type { Clock } from '../../reading'
import type { Asked } from './asked'
import type { Entry } from './entry'
import type { Fields } from './fields'
import type { Careless } from './storable'
import type { Store } from './store'

/** What the parts of one edge share. */
export interface World {
  pool: Dispatcher
  store: Store
  clock: Clock
  careless: Careless
  authority: string
  name: string
  /** What this edge alone is called in the Via of requests: by it, one that comes round again is known. */
  hop: string
  /** Fields that are added to each request to the origin. */
  added: Fields
  entryBytes: number
  /** Milliseconds to the head of an answer. */
  headersMs: number
  /** Milliseconds in which a client must take something of its answer. */
  stalledMs: number
  /** This request is about to store something, for which others may have to make way. */
  storing(asked: Asked): void
  /** An entry was stored. */
  stored(entry: Entry, asked: Asked): void
  /** An entry turned out to be of no use any more. */
  invalidated(entry: Entry, asked: Asked): void
}
