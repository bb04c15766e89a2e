import type { ReactNode } from 'react'

export const Term = ({ children }: { id: string; children: ReactNode }) => <>{children}</>
