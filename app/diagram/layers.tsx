'use client'

export function Layers(_: { strategy?: string; caption?: string }) {
  return <p className="band">The diagram is not built yet.</p>
}
