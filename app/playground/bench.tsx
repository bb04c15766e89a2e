'use client'

import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { useCatalog } from '../catalog-provider'
import { TARGETS } from '../lab/targets'
import { BrowserRunBench } from '../panels/browser-run'
import { Entries } from '../panels/entries'
import { EventLog } from '../panels/event-log'
import { LoadBench } from '../panels/load-panel'
import { RequestBench } from '../panels/request-panel'
import { resourceOf, type Setup } from '../panels/setup'
import { CopyButton } from '../parts/copy-button'
import { LOAD_PARSERS, loadOf, loadQuery, setupFrom, setupParsers, setupQuery } from './state'

/** All panels on one set-up, which the address holds. */
export function PlaygroundBench() {
  const catalog = useCatalog()
  const parsers = useMemo(() => setupParsers(catalog), [catalog])
  const [query, setQuery] = useQueryStates(parsers, { history: 'replace', shallow: true })
  const [loadState, setLoad] = useQueryStates(LOAD_PARSERS, { history: 'replace', shallow: true })
  const setup = useMemo(() => setupFrom(catalog, query), [catalog, query])
  const control = {
    setup,
    onSetup: (change: (before: Setup) => Setup) =>
      void setQuery((before) => setupQuery(catalog, change(setupFrom(catalog, before)))),
    pick: true,
  }
  const { title, about } = resourceOf(catalog, setup.resource)

  return (
    <>
      <h2 className="sr-only">The bench</h2>
      <div className="mt-6 flex flex-wrap items-center justify-between gap-4">
        <p>
          <b className="font-semibold">{`${title}.`}</b> <span>{about}</span>
        </p>
        <CopyButton text={() => location.href}>Copy link to this set-up</CopyButton>
      </div>
      <div className="sheet mt-4">
        <h3 className="band py-4! text-2xl">Send a request</h3>
        <RequestBench {...control} targets={TARGETS.map(({ id }) => id)} />
      </div>
      <div className="sheet mt-10">
        <h3 className="band py-4! text-2xl">Run a load</h3>
        <LoadBench
          id="playground"
          {...control}
          load={loadOf(loadState)}
          onLoad={(change) => void setLoad((before) => loadQuery(change(loadOf(before))))}
        />
      </div>
      <div className="sheet mt-10">
        <h3 className="band py-4! text-2xl">Run from this browser</h3>
        <BrowserRunBench {...control} />
      </div>
      <div className="sheet mt-10">
        <Entries />
        <EventLog />
      </div>
    </>
  )
}
