'use client'

export function QueryPlan(_: Record<string, unknown>) {
  return <p className="band">QueryPlan is not built yet.</p>
}
