/** A place that a request passes on its way from the reader to the origin. */
export interface Layer {
  id: string
  name: string
  /** Whose it is, or what it does, in at most 17 characters: they have to fit into a box. */
  about: string
  /** No strategy of the server's names it, so it is on none of the ways drawn here: where it is met. */
  elsewhere?: string
}

/** All layers, in the order in which a request meets them. Every drawing of the way is made from this list. */
export const LAYERS = [
  { id: 'page', name: 'this page', about: 'asks' },
  { id: 'client', name: 'browser cache', about: 'this reader’s own' },
  { id: 'shared', name: 'shared cache', about: 'HTTP, for all', elsewhere: 'in lesson 11' },
  { id: 'memory', name: 'memory', about: 'of one process' },
  { id: 'redis', name: 'redis', about: 'of all processes' },
  { id: 'origin', name: 'origin', about: 'the slow truth' },
] as const satisfies readonly Layer[]

export type LayerId = (typeof LAYERS)[number]['id']

/** The ends of the way, which every request has; what lies between are tiers. */
const ENDS: readonly LayerId[] = ['page', 'origin']

export const layerOf = (id: LayerId): Layer => LAYERS.find((layer) => layer.id === id) ?? LAYERS[0]

/** The tiers that are there, by the ids that strategies name them by. */
export const TIERS: readonly (Layer & { id: LayerId })[] = LAYERS.filter(
  (layer) => !ENDS.includes(layer.id) && !('elsewhere' in layer),
)

/** The layers that a request passes where these tiers are used, in order. */
export const passedBy = (tiers: readonly string[]): LayerId[] =>
  LAYERS.map(({ id }) => id).filter((id) => ENDS.includes(id) || tiers.includes(id))
