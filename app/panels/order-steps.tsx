'use client'

export function OrderSteps(_: Record<string, unknown>) {
  return <p className="band">OrderSteps is not built yet.</p>
}
