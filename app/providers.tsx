'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Catalog } from '@/lib/catalog'
import { CatalogProvider } from './catalog-provider'
import { LabProvider } from './lab/lab-provider'
import { NotebookProvider } from './notebook/notebook-provider'

/** What every page's client parts share. */
export function Providers({ catalog, children }: { catalog: Catalog; children: ReactNode }) {
  // `networkMode: always`: the app is on this machine, so being offline says nothing of whether it answers.
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: false, networkMode: 'always', refetchOnWindowFocus: false },
          mutations: { retry: false, networkMode: 'always' },
        },
      }),
  )
  return (
    <QueryClientProvider client={client}>
      <CatalogProvider catalog={catalog}>
        <LabProvider>
          <NotebookProvider>{children}</NotebookProvider>
        </LabProvider>
      </CatalogProvider>
    </QueryClientProvider>
  )
}
