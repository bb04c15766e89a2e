import { createLoader, createSerializer } from 'nuqs'
import type { LoadSetup } from '@/app/panels/load-setup'
import type { Setup } from '@/app/panels/setup'
import { LOAD_PARSERS, loadOf, loadQuery, setupFrom, setupParsers, setupText } from '@/app/playground/state'
import type { Catalog } from '@/lib/catalog'

/**
 * Links to an experiment that set one of its panels up: `/lessons/<slug>?x=<experiment>&panel=<id>&…#<experiment>`, the
 * rest as in the playground's address. A link says all of a set-up, also what is the panel's own: the lesson may
 * change later, and the link still means the same.
 */

interface Place {
  lesson: string
  experiment: string
  /** Tells the panels of one experiment apart. */
  panel: string
}

/** What a panel is set up to. Only a load panel has a load. */
export interface PanelSetup {
  setup: Setup
  load?: LoadSetup
}

/** The link's path, query and fragment. */
export function setUpLink(catalog: Catalog, { lesson, experiment, panel }: Place, { setup, load }: PanelSetup): string {
  const place = `/lessons/${lesson}?${new URLSearchParams({ x: experiment, panel })}`
  const withSetup = createSerializer(setupParsers(catalog))(place, setupText(catalog, setup))
  const whole = load ? createSerializer(LOAD_PARSERS, { clearOnDefault: false })(withSetup, loadQuery(load)) : withSetup
  return `${whole}#${experiment}`
}

/** What an address sets a panel up to; undefined where it is not about this panel. What it leaves out stays `before`. */
export function setUpFrom(
  catalog: Catalog,
  { experiment, panel }: Pick<Place, 'experiment' | 'panel'>,
  search: string,
  before: PanelSetup,
): PanelSetup | undefined {
  const query = new URLSearchParams(search)
  if (query.get('x') !== experiment || (query.get('panel') ?? panel) !== panel) return undefined
  const given = <T extends object>(parsed: T) =>
    Object.fromEntries(Object.entries(parsed).filter(([name]) => query.has(name))) as Partial<T>
  const setup = setupFrom(catalog, {
    ...setupText(catalog, before.setup),
    ...given(createLoader(setupParsers(catalog))(query)),
  })
  if (!before.load) return { setup }
  return { setup, load: loadOf({ ...loadQuery(before.load), ...given(createLoader(LOAD_PARSERS)(query)) }) }
}
