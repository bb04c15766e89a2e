import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { type Catalog, catalog } from '@/lib/catalog'
import { PROBLEMS } from '@/lib/http/problem'
import { OUTCOMES, type Outcome } from '@/lib/reading'
import { HEADER_NOTES } from '../panels/header-notes'
import { OutcomeWord } from '../parts/outcome'
import { Scroller } from '../parts/scroller'
import { Ticked } from '../parts/ticked'
import { RunConfigTable } from './run-config'
import { StrategyList } from './strategy-list'
import { Table } from './table'

export const metadata: Metadata = {
  title: 'Reference',
  description: 'Every resource, strategy, header, run field and error code, made from the code that answers.',
}

const SECTIONS = [
  { id: 'resources', title: 'Resources' },
  { id: 'strategies', title: 'Strategies' },
  { id: 'outcomes', title: 'Outcomes' },
  { id: 'headers', title: 'Headers' },
  { id: 'runs', title: 'Runs' },
  { id: 'lab', title: 'The lab' },
  { id: 'errors', title: 'Errors' },
] as const
type SectionId = (typeof SECTIONS)[number]['id']

const OUTCOME_MEANING: Record<Outcome, string> = {
  hit: 'A tier answered, and its entry was still fresh.',
  stale: 'A tier answered past its TTL.',
  revalidated: 'The origin confirmed with 304 that a copy still holds.',
  coalesced: 'The request waited for another one’s fetch of the same key.',
  miss: 'The origin was called.',
  bypass: 'No tier was consulted.',
  error: 'Anything but a 2xx, 304 or 404.',
}

export default function ReferencePage() {
  const { resources, strategies } = catalog()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-14 py-10 lg:grid-cols-[232px_minmax(0,1fr)]">
      <nav aria-label="On this page" className="no-print mb-8 lg:mb-0">
        <ul className="flex flex-wrap gap-x-5 gap-y-2 lg:sticky lg:top-8 lg:grid lg:gap-3">
          {SECTIONS.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`} className="text-ink-2 no-underline hover:underline">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0">
        <h1 className="text-[44px] font-extrabold">Reference</h1>
        <p className="prose mt-3 max-w-[62ch]">
          All of this is open to any program on this machine, <code>curl</code>, <code>hey</code> and{' '}
          <code>npm run load</code> among them. The page is made from the registries that answer the requests, and{' '}
          <a href="/api/schema">/api/schema</a> has the schemas of all bodies and events.
        </p>

        <Section id="resources">
          <p className="max-w-[70ch]">
            All take <code>cache</code> (a strategy), <code>ttl</code> (seconds, 0.1 to 86,400; whole where HTTP caches
            keep the answers; it changes nothing where a strategy’s entries have no date) and <code>lab</code>.
          </p>
          {resources.map((resource) => (
            <ResourceEntry key={resource.id} resource={resource} />
          ))}
        </Section>

        <Section id="strategies">
          <StrategyList strategies={strategies} />
        </Section>

        <Section id="outcomes">
          <p className="max-w-[70ch]">
            What became of a request. The hit rate is (hit + stale) / (requests − errors), and 0 when nothing was asked.
          </p>
          <Table name="Outcomes" head={['Outcome', 'Meaning']}>
            {OUTCOMES.map((outcome) => (
              <tr key={outcome}>
                <th scope="row" className="num">
                  <OutcomeWord outcome={outcome} />
                </th>
                <td>{OUTCOME_MEANING[outcome]}</td>
              </tr>
            ))}
          </Table>
        </Section>

        <Section id="headers">
          <Table name="Headers" head={['Header', 'What it tells', 'Defined in']}>
            {HEADER_NOTES.map(({ name, about, source }) => (
              <tr key={name}>
                <th scope="row" className="num">
                  {name}
                </th>
                <td>{about}</td>
                <td className="num">{source}</td>
              </tr>
            ))}
          </Table>
        </Section>

        <Section id="runs">
          <p className="max-w-[70ch]">
            <code>POST /api/runs</code> takes these fields as JSON and answers 201 with <code>Location</code> and{' '}
            <code>{'{id}'}</code>. <code>GET /api/runs/{'{id}'}</code> tells how it is; <code>…/events</code> streams
            it; <code>DELETE</code> stops it.
          </p>
          <Scroller name="Fields of a run config" className="overflow-x-auto">
            <RunConfigTable />
          </Scroller>
        </Section>

        <Section id="lab">
          <p className="max-w-[70ch]">
            A lab is a private space: keys, counters, log, and edits of rows. Two labs never see each other’s entries. A
            browser’s lab is in its cookie; a program names one with <code>lab=</code>, or is in <code>public</code>.
          </p>
          <Table name="Addresses of the lab" head={['Address', 'What it does']}>
            {LAB_ADDRESSES.map(([address, about]) => (
              <tr key={address}>
                <th scope="row" className="num">
                  {address}
                </th>
                <td>{about}</td>
              </tr>
            ))}
          </Table>
        </Section>

        <Section id="errors">
          <p className="max-w-[70ch]">
            Every error is <code>application/problem+json</code> (RFC 9457) with one of these codes.{' '}
            <code>parameter</code>, <code>given</code> and <code>accepted</code> say what was wrong where a parameter
            was.
          </p>
          <Table name="Errors" head={['Code', 'Status', 'Cause', 'Fix']}>
            {Object.entries(PROBLEMS).map(([code, { status, title, cause, fix }]) => (
              <tr key={code} id={code} className="target:bg-blue-wash">
                <th scope="row">
                  <a className="num" href={`#${code}`}>
                    {code}
                  </a>
                  <span className="block text-sm font-normal text-ink-2">{title}</span>
                </th>
                <td className="num">{status}</td>
                <td>{cause}</td>
                <td>
                  <Ticked text={fix} />
                </td>
              </tr>
            ))}
          </Table>
        </Section>
      </div>
    </div>
  )
}

const LAB_ADDRESSES = [
  ['GET /api/lab', 'Whose lab this is, and its counters.'],
  ['GET /api/lab/events', 'What happens in it, as server-sent events. Goes on where it was with Last-Event-ID.'],
  ['GET /api/lab/entries', 'What it keeps, by tier, the next to expire first.'],
  ['DELETE /api/lab/entries', 'Empties all of its tiers, and no other lab’s.'],
  [
    'DELETE /api/lab/entries?tier=memory',
    'Empties one tier alone: memory, as a restart of the process does, or redis.',
  ],
  ['GET /api/lab/faults', 'What is made to go wrong in it on purpose.'],
  [
    'PUT /api/lab/faults',
    'Takes {"redis": "away"} and gives it back with "ok". Only this lab’s Redis is gone, for 5 minutes at most.',
  ],
  [
    'GET /api/explain',
    'How Postgres goes about the list that /api/tasks answers with the same owner, plan and columns: EXPLAIN (ANALYZE, BUFFERS).',
  ],
  ['GET /healthz', 'Each backing service, what kind it is, and whether it answers.'],
] as const

function Section({ id, children }: { id: SectionId; children: ReactNode }) {
  const title = SECTIONS.find((section) => section.id === id)?.title
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="mt-14">
      <h2 id={`${id}-title`} className="border-b-2 border-ink pb-2 text-[30px]">
        {title}
      </h2>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
    </section>
  )
}

function ResourceEntry({ resource }: { resource: Catalog['resources'][number] }) {
  const { id, title, about, params, headers, strategy, ttl, capacity, scope, simulated, writable, keys } = resource
  return (
    <section className="sheet mt-2" aria-labelledby={`resource-${id}`}>
      <header className="band py-4!">
        <h3 id={`resource-${id}`} className="num text-lg tracking-normal [overflow-wrap:anywhere]">
          GET /api/{id}
        </h3>
        <p className="mt-1">
          <b className="font-semibold">{title}.</b> {about}{' '}
          {simulated && <span className="text-ink-2">{simulated}</span>}
        </p>
        <p className="mt-1 text-sm text-ink-2">
          Default strategy <code>{strategy}</code>, TTL {ttl.toLocaleString('en-US')} s. Memory holds{' '}
          {capacity.toLocaleString('en-US')} {capacity === 1 ? 'entry' : 'entries'}. HTTP caches: {scope}.
          {keys && ` A run can ask for ${keys.max.toLocaleString('en-US')} keys.`}
          {writable && ' PATCH writes to the lab’s own overlay.'}
        </p>
      </header>
      {Object.keys(params).length + headers.length > 0 && (
        <div className="band py-3!">
          <Table name={`Parameters of ${id}`} head={['Parameter', 'Takes', 'Default', 'About']}>
            {Object.entries(params).map(([name, param]) => (
              <tr key={name}>
                <th scope="row" className="num">
                  {name}
                </th>
                <td>{param.accepted}</td>
                <td className="num">{String(param.default)}</td>
                <td>{param.about}</td>
              </tr>
            ))}
            {headers.map((header) => (
              <tr key={header.name}>
                <th scope="row">
                  <span className="num">{header.name}</span>
                  <span className="block text-sm font-normal text-ink-2">a request header</span>
                </th>
                <td>{header.accepted}</td>
                <td className="num">{header.default === '' ? 'none' : header.default}</td>
                <td>{header.about}</td>
              </tr>
            ))}
          </Table>
        </div>
      )}
    </section>
  )
}
