'use client'

import { seconds } from '@/app/format'
import type { Fault } from '@/app/lab/problem'
import { NumberField } from '@/app/parts/controls'
import { BOUNDS } from '@/lib/runs/bounds'
import { FieldFault, isAt } from './field-fault'
import { type StageSetup, stagePresets, totalSeconds } from './stages'

/** Seconds that a run may take. */
const LONGEST = BOUNDS.durationMs.max / 1000

/** How the rate of an open loop goes on: a short list of stages, each a rate to reach and the time for it. */
export function StagesField({
  rate,
  stages,
  onStages,
  fault,
}: {
  /** Requests per second at the start, as typed. */
  rate: string
  stages: readonly StageSetup[]
  onStages: (stages: readonly StageSetup[]) => void
  fault?: Fault
}) {
  const total = totalSeconds(stages)
  const change = (at: number, part: Partial<StageSetup>) =>
    onStages(stages.map((stage, i) => (i === at ? { ...stage, ...part } : stage)))
  const wrong = (field: string) => fault?.parameter === field
  return (
    <fieldset className="w-full min-w-0">
      <legend className="field-name">Stages of the rate</legend>
      <div className="mt-1 flex flex-wrap items-center gap-2">
        {stagePresets.map((preset) => (
          <button
            key={preset.name}
            type="button"
            className="button-quiet"
            title={preset.about}
            onClick={() => onStages(preset.stages(rate))}
          >
            {preset.name}
          </button>
        ))}
        {stages.length > 0 && (
          <button type="button" className="button-quiet" onClick={() => onStages([])}>
            No stages
          </button>
        )}
      </div>
      {stages.length > 0 && (
        <>
          <ol className="mt-3 grid gap-y-3" aria-label="Stages">
            {stages.map((stage, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place in the list, and holds no state
              <li key={i} className="flex flex-wrap items-end gap-x-2 gap-y-2 sm:gap-x-4">
                <span className="num w-4 pb-2 text-[13px] text-ink-2">{i + 1}</span>
                <NumberField
                  name="To a rate of"
                  unit="/s"
                  min={1}
                  max={BOUNDS.rate.max}
                  width={4}
                  value={stage.rate}
                  wrong={wrong(`stages.${i}.rate`)}
                  onChange={(to) => change(i, { rate: to })}
                />
                <NumberField
                  name={Number(stage.seconds) === 0 ? 'At once' : 'Within'}
                  unit="s"
                  min={0}
                  max={LONGEST}
                  step="any"
                  width={3}
                  value={stage.seconds}
                  wrong={wrong(`stages.${i}.durationMs`)}
                  onChange={(within) => change(i, { seconds: within })}
                />
                <button
                  type="button"
                  className="button-quiet mb-px"
                  aria-label={`Remove stage ${i + 1}`}
                  onClick={() => onStages(stages.filter((_, at) => at !== i))}
                >
                  Remove
                </button>
              </li>
            ))}
          </ol>
          <RateLine rate={rate} stages={stages} />
        </>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          type="button"
          className="button-quiet"
          onClick={() => onStages([...stages, { rate: stages.at(-1)?.rate ?? rate, seconds: '5' }])}
        >
          Add a stage
        </button>
        {stages.length > 0 && (
          <p className="num text-[13.5px]" aria-live="polite">
            <span>{total === undefined ? 'A stage has no time' : `${seconds(total)} in all`}</span>
            {total !== undefined && total > LONGEST && (
              <span className="text-error">{` · a run may take ${LONGEST} s`}</span>
            )}
          </p>
        )}
      </div>
      {isAt(fault, 'stages') && (
        <div className="mt-2">
          <FieldFault fault={fault} field="stages" />
        </div>
      )}
    </fieldset>
  )
}

const WIDTH = 320
const HEIGHT = 48

/** The rate over the time, drawn small. The numbers above say the same. */
function RateLine({ rate, stages }: { rate: string; stages: readonly StageSetup[] }) {
  const total = totalSeconds(stages) ?? 0
  const rates = [Number(rate), ...stages.map((stage) => Number(stage.rate))]
  const highest = Math.max(...rates)
  if (!(total > 0) || !(highest > 0)) return null
  let at = 0
  const points = rates.map((each, i) => {
    at += Number(stages[i - 1]?.seconds ?? 0)
    return `${((at / total) * (WIDTH - 2) + 1).toFixed(1)},${(HEIGHT - 2 - (each / highest) * (HEIGHT - 4)).toFixed(1)}`
  })
  return (
    <svg
      className="mt-3 block max-w-full border-b border-line"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
    >
      <polyline points={points.join(' ')} fill="none" stroke="var(--ink)" strokeWidth="1.5" />
    </svg>
  )
}
