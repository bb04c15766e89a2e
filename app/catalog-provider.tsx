'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { Catalog } from '@/lib/catalog'

const CatalogContext = createContext<Catalog | undefined>(undefined)

/** Hands the registries, as plain data, to all panels: no client code imports the machinery itself. */
export function CatalogProvider({ catalog, children }: { catalog: Catalog; children: ReactNode }) {
  return <CatalogContext value={catalog}>{children}</CatalogContext>
}

export function useCatalog(): Catalog {
  const catalog = useContext(CatalogContext)
  if (!catalog) throw new Error('useCatalog is used outside CatalogProvider')
  return catalog
}
