'use client'

export function Witnesses(_: Record<string, unknown>) {
  return <p className="band">Witnesses is not built yet.</p>
}
