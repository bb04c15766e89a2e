'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useCatalog } from '@/app/catalog-provider'
import { useExperiment, usePredictFirst } from '@/app/experiment/experiment-context'
import { bytes, count, ms, plural } from '@/app/format'
import { getExplanation } from '@/app/lab/api'
import { useLab } from '@/app/lab/lab-provider'
import { faultIn } from '@/app/lab/problem'
import { NumberField, Segments } from '@/app/parts/controls'
import { FaultNotice } from '@/app/parts/fault-notice'
import { Scroller } from '@/app/parts/scroller'
import type { Explanation } from '@/lib/resources/explain'
import { change } from './change'
import { PanelForm } from './panel-form'
import { resourceOf } from './setup'

/** Answers that are remembered, to stand beside the new one: each plan with each choice of columns. */
const REMEMBERED = 4

export interface QueryPlanProps {
  owner?: number
  plan?: 'join' | 'n-plus-one'
  columns?: 'all' | 'needed'
}

/**
 * The statements behind `/api/tasks`, as Postgres explains them. Tells the experiment around it `queries:<plan>`, the
 * statements sent, and `bytes:<columns>`, those of the answer.
 */
export function QueryPlan({ owner = 7, plan = 'n-plus-one', columns = 'all' }: QueryPlanProps) {
  const catalog = useCatalog()
  const { lab } = useLab()
  const experiment = useExperiment()
  const predictFirst = usePredictFirst()
  const { params } = resourceOf(catalog, 'tasks')
  const [asked, setAsked] = useState({ owner: String(owner), plan, columns })
  const set = (name: keyof typeof asked) => (value: string) => setAsked((before) => ({ ...before, [name]: value }))
  const optionsOf = (name: 'plan' | 'columns') => {
    const param = params[name]
    return param?.kind === 'choice' ? param.options.map((id) => ({ id, label: id, title: param.about })) : []
  }
  const [known, setKnown] = useState<readonly Explanation[]>([])
  const explain = useMutation({
    mutationFn: (lab: string) => getExplanation(lab, asked),
    onSuccess(answer) {
      setKnown((before) => [...before.filter((each) => !sameAsked(each, answer)), answer].slice(-REMEMBERED))
      experiment?.sawFigure(`queries:${answer.plan}`, answer.queries)
      experiment?.sawFigure(`bytes:${answer.columns}`, answer.bytes)
    },
  })
  const latest = known.at(-1)
  const fault = explain.error ? faultIn(explain.error) : undefined

  return (
    <section className="bands" aria-label="Look at the query">
      <PanelForm
        onSend={() => {
          if (lab !== undefined && !explain.isPending) explain.mutate(lab)
        }}
      >
        <NumberField
          name="Owner"
          min={1}
          width={4}
          value={asked.owner}
          onChange={set('owner')}
          wrong={fault?.parameter === 'owner'}
        />
        <Segments name="Plan" choices={optionsOf('plan')} value={asked.plan} onChange={set('plan')} />
        <Segments name="Columns" choices={optionsOf('columns')} value={asked.columns} onChange={set('columns')} />
        <button
          type="submit"
          className="button ml-auto min-w-28"
          disabled={lab === undefined}
          aria-disabled={explain.isPending}
        >
          {lab === undefined
            ? 'Connecting…'
            : predictFirst
              ? 'Predict first'
              : explain.isPending
                ? 'Asking Postgres…'
                : 'Explain'}
        </button>
      </PanelForm>
      {fault && (
        <div className="band">
          <FaultNotice fault={fault} />
        </div>
      )}
      <p className="sr-only" aria-live="polite">
        {latest && `${plural(latest.queries, 'query', 'queries')}, ${bytes(latest.bytes)}`}
      </p>
      {latest ? (
        <>
          <Compared known={known} />
          <Statements latest={latest} />
        </>
      ) : (
        <p className="band max-w-[75ch] text-ink-2">
          Nothing asked yet. Postgres carries the statements out, past all caches, and says what it did for each.
        </p>
      )}
    </section>
  )
}

const sameAsked = (a: Explanation, b: Explanation) =>
  a.owner === b.owner && a.plan === b.plan && a.columns === b.columns

/** Milliseconds that all statements of a list take, where each of those that are sent again takes as long as the first. */
const inPostgresMs = ({ statements }: Explanation) =>
  statements.reduce((sum, { times, executionMs }) => sum + times * executionMs, 0)

const ROWS: readonly { name: string; of: (answer: Explanation) => number; write: (value: number) => string }[] = [
  { name: 'Queries', of: ({ queries }) => queries, write: count },
  { name: 'Answer as JSON', of: (answer) => answer.bytes, write: bytes },
  { name: 'Inside Postgres', of: inPostgresMs, write: ms },
]

/** The figures of the last answer beside those of the others; the change is from the one before. */
function Compared({ known }: { known: readonly Explanation[] }) {
  const latest = known.at(-1)
  const before = known.at(-2)
  return (
    <Scroller name="Figures of each way to ask" className="band overflow-x-auto">
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Figure</span>
            </th>
            {known.map(({ plan, columns, owner }) => (
              <th key={`${plan} ${columns} ${owner}`} scope="col">
                <b className="text-ink">{plan}</b>
                <span>{`, ${columns}`}</span>
                <span className="block">{`owner ${owner}`}</span>
              </th>
            ))}
            {before && <th scope="col">change to the last</th>}
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ name, of, write }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {known.map((answer) => (
                <td
                  key={`${answer.plan} ${answer.columns} ${answer.owner}`}
                  className={answer === latest ? 'font-semibold' : 'text-ink-2'}
                >
                  {write(of(answer))}
                </td>
              ))}
              {before && latest && <td className="text-ink-2">{change(of(before), of(latest))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-[12.5px] text-ink-2">
        Inside Postgres: the execution time of each statement, measured once, times how often it is sent; so chance is
        multiplied, too. The way there and back, which each statement makes, comes on top.
      </p>
    </Scroller>
  )
}

/** Each statement that is sent, and what Postgres did for it. */
function Statements({ latest: { statements } }: { latest: Explanation }) {
  return (
    <div className="band grid grid-cols-[minmax(0,1fr)] gap-8">
      {statements.map(({ sql, times, explain, executionMs }) => (
        <section key={sql} className="min-w-0">
          <h4 className="font-semibold">
            <span>{`Sent ${times === 1 ? 'once' : plural(times, 'time')}`}</span>{' '}
            <span className="num text-[13px] font-normal text-ink-2">
              {`${ms(executionMs)} ${times === 1 ? '' : 'for the first of them'}`}
            </span>
          </h4>
          <code className="mt-2 block border-l-4 border-line bg-sunk px-4 py-3 text-[13px] leading-relaxed [overflow-wrap:anywhere]">
            {sql}
          </code>
          <Scroller
            name={`EXPLAIN (ANALYZE, BUFFERS) of ${sql.slice(0, 40)}…`}
            className="mt-2 max-h-[420px] overflow-auto border border-line"
          >
            <pre className="px-4 py-3 text-[12.5px] leading-relaxed">{explain}</pre>
          </Scroller>
        </section>
      ))}
      <dl className="grid gap-x-10 gap-y-2 text-sm sm:grid-cols-2">
        {READING.map(([term, meaning]) => (
          <div key={term}>
            <dt className="inline">
              <code className="text-[13px]">{term}</code>
            </dt>{' '}
            <dd className="inline text-ink-2">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="-mt-5 text-sm text-ink-2">
        Read from the innermost line outwards. More in the Postgres manual:{' '}
        <a href="https://www.postgresql.org/docs/current/using-explain.html">Using EXPLAIN</a>.
      </p>
    </div>
  )
}

const READING: readonly [term: string, meaning: string][] = [
  [
    'cost=a..b',
    'what the planner expects, to the first row and to the last, in units of its own: reading a page in sequence is 1.',
  ],
  ['actual time=a..b', 'what it took, in milliseconds, to the first row and to the last. Of one loop.'],
  ['rows, loops', 'how many rows a step gave in each loop, and how often it ran: multiply them.'],
  [
    'Buffers: shared hit, read',
    'pages of 8 kB that Postgres had in its own memory, and that it had to ask the system for.',
  ],
]
