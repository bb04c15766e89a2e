'use client'

export function ExercisePanel({ id }: { id: string }) {
  return <p className="band">{id} is not built yet.</p>
}
