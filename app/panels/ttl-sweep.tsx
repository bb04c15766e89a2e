'use client'

export function TtlSweep(_: Record<string, unknown>) {
  return <p className="band">TtlSweep is not built yet.</p>
}
