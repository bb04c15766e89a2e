'use client'

import Link from 'next/link'
import { Conclusion } from '@/app/experiment/conclusion'
import { count, dayAndTime, ms, percent, perSecond, plural } from '@/app/format'
import { Scroller } from '@/app/parts/scroller'
import { Ticked } from '@/app/parts/ticked'
import { Unusable } from '@/app/parts/unusable'
import { runAddress } from '@/app/runs/address'
import type { ItemOf } from '@/lib/notebook/items'
import { CommandList } from './command-list'
import { ResetButton } from './reset-button'
import type { PredictionRow, Section } from './sections'

/** What the notebook holds of one lesson, or of none. */
export function LessonSection({
  section,
  onDelete,
}: {
  section: Section
  onDelete: (command: ItemOf<'command'>) => void
}) {
  const { lesson, title, progress, predictions, runs, conclusions, exercises, commands } = section
  const id = lesson?.slug ?? 'elsewhere'
  return (
    <section className="sheet mt-10" aria-labelledby={`notebook-${id}`} data-testid="notebook-section">
      <header className="band flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h2 id={`notebook-${id}`} className="text-[26px]">
            {lesson ? (
              <Link href={`/lessons/${lesson.slug}`} className="text-ink no-underline hover:underline">
                {title}
              </Link>
            ) : (
              title
            )}
          </h2>
          {progress && (
            <p className="mt-1 text-sm text-ink-2">
              <span>{progress.reading === 'read' ? 'Read to the end' : 'Begun'}</span>, last seen{' '}
              <span>{dayAndTime(progress.at)}</span>
              {progress.heading && progress.reading !== 'read' && <span>{`, at “${progress.heading}”`}</span>}
            </p>
          )}
        </div>
        {lesson && <ResetButton lesson={lesson} />}
      </header>
      {predictions.length > 0 && <Predictions rows={predictions} />}
      {runs.length > 0 && <Runs runs={runs} />}
      {conclusions.map(({ id, experiment, question, text }) =>
        lesson ? (
          <div key={id} className={text === '' ? 'print:hidden' : undefined}>
            <p className="band -mb-6 pb-0! text-[17px] font-semibold">
              <Ticked text={question} />
            </p>
            <Conclusion experiment={experiment} lesson={lesson.slug} />
          </div>
        ) : (
          <p key={id} className="band prose">
            <Ticked text={question} /> <span>{text}</span>
          </p>
        ),
      )}
      {exercises.length > 0 && <Exercises exercises={exercises} lesson={lesson?.slug} />}
      {commands.length > 0 && (
        <div className="band">
          <h3 className="text-lg">Commands</h3>
          <CommandList commands={commands} onDelete={onDelete} />
        </div>
      )}
    </section>
  )
}

function Predictions({ rows }: { rows: readonly PredictionRow[] }) {
  return (
    <div className="band">
      <h3 className="text-lg">Predictions</h3>
      <Scroller name="Predictions" className="overflow-x-auto">
        <table className="listing mt-2">
          <thead>
            <tr>
              <th scope="col">Experiment</th>
              <th scope="col">You said</th>
              <th scope="col">It was</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, question, ask, said, measured, off, right }) => (
              <tr key={id}>
                <th scope="row" className="font-normal! whitespace-normal!">
                  <Ticked text={question} />
                  {ask !== question && (
                    <span className="block text-sm font-normal text-ink-2">
                      <Ticked text={ask} />
                    </span>
                  )}
                </th>
                <td className="text-blue">{said ?? 'nothing: skipped'}</td>
                <td>
                  <span>{measured ?? <span className="text-ink-2">not measured yet</span>}</span>
                  {(off || right !== undefined) && (
                    <span className="block text-sm text-ink-2">{off ?? (right ? 'right' : 'not what you said')}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  )
}

function Runs({ runs }: { runs: Section['runs'] }) {
  return (
    <div className="band">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h3 className="text-lg">Runs</h3>
        <Link href="/runs" className="no-print text-sm">
          Compare runs
        </Link>
      </div>
      <Scroller name="Runs" className="overflow-x-auto">
        <table className="figures mt-2 min-w-[760px]">
          <thead>
            <tr>
              <th scope="col">Resource, strategy, TTL</th>
              <th scope="col">When</th>
              <th scope="col">Requests</th>
              <th scope="col">Errors</th>
              <th scope="col">Hit rate</th>
              <th scope="col">Origin calls</th>
              <th scope="col">Throughput</th>
              <th scope="col">p50</th>
              <th scope="col">p95</th>
              <th scope="col">p99</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id} title={`Seed ${run.seed}`}>
                <th scope="row">
                  <Link href={runAddress(run.run)} className="text-ink">
                    {`${run.resource}, ${run.strategy}, ${run.ttl.toLocaleString('en-US')} s`}
                  </Link>{' '}
                  {run.usable === false && <Unusable />}
                </th>
                <td>{dayAndTime(run.at)}</td>
                <td>{count(run.requests)}</td>
                <td>{count(run.errors)}</td>
                <td>{percent(run.hitRate)}</td>
                <td>{count(run.originCalls)}</td>
                <td>{perSecond(run.throughput)}</td>
                <td>{ms(run.p50)}</td>
                <td>{ms(run.p95)}</td>
                <td>{ms(run.p99)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  )
}

function Exercises({ exercises, lesson }: { exercises: Section['exercises']; lesson: string | undefined }) {
  return (
    <div className="band">
      <h3 className="text-lg">Exercises</h3>
      <ul className="mt-2 grid gap-4">
        {exercises.map(({ id, title, done, hints }) => (
          <li key={id}>
            <p className="font-semibold">
              {lesson ? (
                <Link href={`/lessons/${lesson}#${id}`} className="text-ink">
                  {title}
                </Link>
              ) : (
                <span>{title}</span>
              )}
              <span className="ml-3 text-sm font-normal text-ink-2">
                <span>{done ? `done ${dayAndTime(done.at)}` : 'not done yet'}</span> ·{' '}
                <span>{hints > 0 ? `${plural(hints, 'hint')} used` : 'no hints'}</span>
              </span>
            </p>
            {done && done.seen.length > 0 && (
              <ul className="num mt-1 list-[square] pl-5 text-[13.5px]">
                {done.seen.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
