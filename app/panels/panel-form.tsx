'use client'

import { usePredictFirst } from '@/app/experiment/experiment-context'

/**
 * The form of a panel: its fields, then what it does. In an experiment it asks for the prediction first. What was typed
 * is for the server to judge, so the browser checks nothing, and fills in nothing.
 */
export function PanelForm({ onSend, children }: { onSend: () => void; children: React.ReactNode }) {
  const predictFirst = usePredictFirst()
  return (
    <form
      className="band flex flex-wrap items-end gap-x-6 gap-y-4"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (predictFirst) predictFirst()
        else onSend()
      }}
    >
      {children}
    </form>
  )
}
