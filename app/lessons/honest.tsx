import type { ReactNode } from 'react'

/** An aside that must not be overlooked: what is simulated, added, or not shown. */
export const Honest = ({ children }: { children: ReactNode }) => (
  <div role="note" className="prose my-8 max-w-[66ch] border-l-4 border-ink bg-panel px-5 py-4 text-[17px]">
    {children}
  </div>
)
