import type { ServerResponse } from 'node:http'
import { cutWhenStalled } from './stalled'

/** Bytes that may wait for the slowest reader of a body that is not kept; then the origin waits. */
const WINDOW_BYTES = 256 * 1024

/** One body on its way from the origin to any number of clients, each at its own pace. */
export interface Feed {
  push(chunk: Buffer): void
  end(): void
  /** The origin died: connections are cut, for an answer that just ended would seem whole. */
  fail(): void
  /** Send all of it to a client whose head is written. */
  attach(response: ServerResponse): void
  detach(response: ServerResponse): void
  /** What came so far; undefined where it was too long to keep. */
  whole(): Buffer | undefined
  /** How many it is being sent to. */
  readonly readers: number
  /** Whether one who comes now can still have it from the start. */
  readonly joinable: boolean
}

export interface FeedOptions {
  /** Keep the body up to this many bytes; 0 to let go of what all have read. */
  keepBytes: number
  /** Milliseconds in which a reader must take something. */
  stalledMs: number
  pause(): void
  resume(): void
  /** Nobody reads it, or keeps it, before its end. */
  deserted(): void
}

interface Reader {
  response: ServerResponse
  /** Place of the next chunk, counted from the start of the body. */
  next: number
}

export function openFeed({ keepBytes, stalledMs, pause, resume, deserted }: FeedOptions): Feed {
  const readers = new Map<ServerResponse, Reader>()
  let chunks: Buffer[] = []
  /** How many chunks were let go of, and how many bytes there were in all. */
  let gone = 0
  let bytes = 0
  let kept = keepBytes > 0
  let state: 'open' | 'ended' | 'failed' = 'open'
  let paused = false

  function pump(reader: Reader): void {
    const { response } = reader
    while (reader.next < gone + chunks.length) {
      const chunk = chunks[reader.next - gone]
      reader.next += 1
      if (!chunk || response.write(chunk)) continue
      cutWhenStalled(response, stalledMs)
      response.once('drain', () => {
        pump(reader)
        settle()
      })
      return
    }
    if (state !== 'ended') return
    response.end()
    cutWhenStalled(response, stalledMs)
  }

  /** Let go of what is not needed any more, and hold the origin back where readers do not follow. */
  function settle(): void {
    if (kept || state === 'failed') return
    const slowest = Math.min(gone + chunks.length, ...[...readers.values()].map(({ next }) => next))
    chunks = chunks.slice(slowest - gone)
    gone = slowest
    const waiting = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0)
    const full = waiting > WINDOW_BYTES || [...readers.values()].some(({ response }) => response.writableNeedDrain)
    if (full !== paused && state === 'open') {
      paused = full
      if (full) pause()
      else resume()
    }
  }

  return {
    push(chunk) {
      bytes += chunk.byteLength
      chunks.push(chunk)
      if (bytes > keepBytes) kept = false
      for (const reader of readers.values()) if (!reader.response.writableNeedDrain) pump(reader)
      if (!kept && readers.size === 0) deserted()
      else settle()
    },
    end() {
      state = 'ended'
      for (const reader of readers.values()) if (!reader.response.writableNeedDrain) pump(reader)
    },
    fail() {
      state = 'failed'
      for (const { response } of readers.values()) response.destroy()
    },
    attach(response) {
      if (state === 'failed') response.destroy()
      if (response.destroyed) {
        if (readers.size === 0 && state === 'open') deserted()
        return
      }
      const reader: Reader = { response, next: 0 }
      readers.set(response, reader)
      pump(reader)
      settle()
      // Once the read that brought the head is done: its first piece is mostly in there too, and goes out in the same packet.
      process.nextTick(() => {
        if (reader.next === 0 && state === 'open') response.flushHeaders()
      })
    },
    detach(response) {
      if (!readers.delete(response)) return
      settle()
      if (state === 'open' && readers.size === 0) deserted()
    },
    whole: () => (kept && state !== 'failed' ? Buffer.concat(chunks, bytes) : undefined),
    get readers() {
      return readers.size
    },
    get joinable() {
      return kept && state !== 'failed'
    },
  }
}
