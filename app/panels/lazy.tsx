'use client'

import { type ComponentType, lazy, Suspense } from 'react'

/**
 * The panels, as MDX gets them: each in a chunk of its own. One that was imported directly would weigh on every
 * lesson, with a panel or without (MEASURED.md). `lazy` and not `next/dynamic`, which would preload what a panel itself
 * loads later: Recharts, on every page with a load panel.
 */
export const RequestPanel = framed(() => import('./request-panel').then((m) => m.RequestPanel))
export const LoadPanel = framed(() => import('./load-panel').then((m) => m.LoadPanel))
export const EventLog = framed(() => import('./event-log').then((m) => m.EventLog))
export const Entries = framed(() => import('./entries').then((m) => m.Entries))
export const TtlSweep = framed(() => import('./ttl-sweep').then((m) => m.TtlSweep))
export const Witnesses = framed(() => import('./witnesses').then((m) => m.Witnesses))
export const BrowserRun = framed(() => import('./browser-run').then((m) => m.BrowserRunPanel))
export const QueryPlan = framed(() => import('./query-plan').then((m) => m.QueryPlan))
export const FaultSwitch = framed(() => import('./fault-switch').then((m) => m.FaultSwitch))
export const EdgeStatus = framed(() => import('./edge-status').then((m) => m.EdgeStatus))
export const RestartMemory = framed(() => import('./restart-memory').then((m) => m.RestartMemory))
export const Race = framed(() => import('./race').then((m) => m.Race))
export const OrderSteps = framed(() => import('./order-steps').then((m) => m.OrderSteps))
export const ExercisePanel = framed(() => import('../exercises/exercise-panel').then((m) => m.ExercisePanel))
export const Workers = framed(() => import('./workers').then((m) => m.Workers))
export const Layers = framed(() => import('../diagram/layers').then((m) => m.Layers))
export const TryIt = framed(() => import('./try-it').then((m) => m.TryIt))
export const Playground = framed(() => import('../playground/bench').then((m) => m.PlaygroundBench))

function framed<P extends object>(load: () => Promise<ComponentType<P>>) {
  // `lazy` cannot be told that it takes the props of what it loads when those are a type parameter.
  const Panel = lazy(() => load().then((panel) => ({ default: panel }))) as unknown as ComponentType<P>
  return function LazyPanel(props: P) {
    return (
      <Suspense fallback={<p className="band min-h-40 text-ink-2">Fetching the panel…</p>}>
        <Panel {...props} />
      </Suspense>
    )
  }
}
