import type { Entry } from './entry'
import type { Feed } from './feed'
import type { Fields } from './fields'
import type { Failure, Reply } from './origin'

/** How a request to the origin came back. */
export type Landed =
  | { kind: 'failed'; failure: Failure }
  /** 304: the stored answer holds; `entry` is it, brought up to date. `personal` are fields for the one who asked. */
  | { kind: 'confirmed'; entry: Entry; stored: boolean; reply: Reply; personal: Fields }
  /** Its fields are those to pass on. With `pending` it is being stored, so that others may have it too. */
  | LandedReply

export interface LandedReply {
  kind: 'reply'
  reply: Reply
  feed: Feed
  pending?: Pending
}

/** An answer that is on its way into the store: all of its entry but the body. */
export type Pending = Omit<Entry, 'body' | 'bytes'>

export type Waiter = (landed: Landed) => void
