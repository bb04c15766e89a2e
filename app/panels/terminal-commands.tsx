'use client'

import { useLab } from '@/app/lab/lab-provider'
import { terminalAddress } from '@/app/lab/targets'
import { useProcesses } from '@/app/lab/use-processes'
import { Segments } from '@/app/parts/controls'
import { CopyButton } from '@/app/parts/copy-button'
import { useOrigin } from '@/app/parts/use-origin'
import { commandOf, TOOLS, type Tool } from '@/lib/runs/commands'
import { ExternalHistogram } from './external-histogram'
import { type LoadSetup, runRequest } from './load-setup'
import { type CatalogResource, type CatalogStrategy, requestPath, type Setup } from './setup'
import { useKept } from './use-kept'

const FIRST: Tool = TOOLS[0].id
const isTool = (id: string): id is Tool => TOOLS.some((tool) => tool.id === id)

/** The load of the panel from a terminal, by the tool of one's choice: the tab remembers which. */
export function TerminalCommands({
  setup,
  load,
  resource,
  strategy,
}: {
  setup: Setup
  load: LoadSetup
  resource: CatalogResource
  strategy: CatalogStrategy
}) {
  const { lab } = useLab()
  const origin = useOrigin()
  const { value, change } = useKept<string>('hitrate:terminal-tool', FIRST)
  const tool = isTool(value) ? value : FIRST

  const edge = useEdgeAddress(load.via === 'edge', origin)
  const address = load.via === 'edge' && edge !== undefined ? edge : origin
  const urlOf = (of: Setup) => address + requestPath(of, resource, lab ?? '…', strategy.expires)
  const { text, notes } = commandOf(tool, runRequest(setup, load, resource, lab ?? '', strategy.expires), {
    url: urlOf(setup),
    keyedUrl: keyedUrl(setup, resource, urlOf),
    cached: strategy.http,
  })

  return (
    <section className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-y-2" aria-label="The same load from a terminal">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <Segments
          name="The same load from a terminal"
          choices={TOOLS.map(({ id, name }) => ({ id, label: <span className="num text-[13px]">{name}</span> }))}
          value={tool}
          onChange={(id) => change(() => id)}
        />
        <CopyButton text={text} />
      </div>
      <code className="block whitespace-pre-wrap text-[13px] leading-relaxed [overflow-wrap:anywhere]">{text}</code>
      <p className="text-sm text-ink-2" aria-live="polite">
        {[...notes, ...hostNotes(load, edge), 'Its requests show up in the log here.'].join(' ')}
      </p>
      <ExternalHistogram resource={resource.id} strategy={setup.strategy} />
    </section>
  )
}

/** Where a terminal finds the edge; undefined until the first run starts it, and for a run that doesn't go through it. */
function useEdgeAddress(wanted: boolean, origin: string): string | undefined {
  const { data } = useProcesses({ enabled: wanted })
  return wanted ? terminalAddress('edge', data, origin) : undefined
}

/** Where a command asks another than the run does. */
function hostNotes({ via, host }: LoadSetup, edge: string | undefined): string[] {
  if (host === 'workers') return ['It asks the Next routes: to ask a worker, put its address in the place of this one.']
  if (via === 'direct') return []
  return edge === undefined
    ? ['It asks the Next routes: the edge has an address as soon as it is at work.']
    : ['It asks the edge.']
}

/** The address with `{n}` for the number of the key; none where keys are no numbers. */
function keyedUrl(setup: Setup, { keys }: CatalogResource, urlOf: (setup: Setup) => string): string | undefined {
  const name = keys?.numbered
  if (name === undefined) return
  return urlOf({ ...setup, params: { ...setup.params, [name]: '{n}' } }).replace(encodeURIComponent('{n}'), '{n}')
}
