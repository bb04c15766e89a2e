'use client'

export function FaultSwitch(_: Record<string, unknown>) {
  return <p className="band">FaultSwitch is not built yet.</p>
}
