'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Fetched } from './browser-figures'
import { type Ask, type Sent, send } from './send'

/** How often the figures are drawn anew while it runs: each fetch would be too often for the page that makes it. */
const DRAWN_EVERY_MS = 100

/** A run of this page's own fetches. */
export interface BrowserRun {
  requests: number
  fetched: readonly Fetched[]
  /** Milliseconds from the first fetch to the last answer so far. */
  durationMs: number
  status: 'running' | 'done' | 'stopped'
  /** The last that the server found fault with. */
  fault?: Sent['fault']
}

/** Fetch again and again in this page, `atOnce` at a time. A page that goes away stops by itself. */
export function useBrowserRun() {
  const [run, setRun] = useState<BrowserRun>()
  const stopping = useRef<AbortController>(undefined)
  const stop = useCallback(() => stopping.current?.abort(), [])
  useEffect(() => stop, [stop])

  const start = async (what: Omit<Ask, 'past'>, { requests, atOnce }: { requests: number; atOnce: number }) => {
    stop()
    const stopped = new AbortController()
    stopping.current = stopped
    const fetched: Fetched[] = []
    const from = performance.now()
    let asked = 0
    let fault: Sent['fault']
    const show = (status: BrowserRun['status']) =>
      setRun({ requests, fetched: [...fetched], durationMs: performance.now() - from, status, fault })
    show('running')
    const drawing = setInterval(() => show('running'), DRAWN_EVERY_MS)
    await Promise.all(
      Array.from({ length: Math.min(atOnce, requests) }, async () => {
        while (asked < requests && !stopped.signal.aborted) {
          asked += 1
          // The first goes past what the browser kept of an earlier run: each begins with nothing.
          const sent = await send({ ...what, past: asked === 1 })
          if (stopped.signal.aborted) return
          fault = sent.fault ?? fault
          const { by, status, roundTripMs, transferBytes } = sent
          fetched.push({ by, status, roundTripMs, transferBytes })
          // Resource Timing keeps so many and no more.
          if (fetched.length % 200 === 0) performance.clearResourceTimings()
        }
      }),
    )
    clearInterval(drawing)
    show(stopped.signal.aborted ? 'stopped' : 'done')
  }

  return { run, start, stop }
}
