import type { ServiceAddress } from '../settings'

/** A backing service that was found or started. */
export interface Service {
  address: ServiceAddress
  /** Where it is, as the start line says it. */
  where: string
  /** End it, if it is ours. */
  stop: () => Promise<void>
}
