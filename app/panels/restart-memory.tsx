'use client'

export function RestartMemory(_: Record<string, unknown>) {
  return <p className="band">RestartMemory is not built yet.</p>
}
