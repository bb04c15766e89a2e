'use client'

import { useCatalog } from '@/app/catalog-provider'
import { NumberField, Segments, SelectField } from '@/app/parts/controls'
import { type CatalogStrategy, isShown, paramText, resourceOf, type Setup, strategyOf } from './setup'

/** Strategies that are read at a glance in one row; more are grouped by the tier that they keep answers in. */
const ONE_ROW = 6

const GROUPS: Record<string, string> = { memory: 'memory', redis: 'Redis', client: 'HTTP caches' }
const groupOf = ({ tiers: [nearest] }: CatalogStrategy): string => GROUPS[nearest ?? ''] ?? 'no tier'

export interface SetupControl {
  setup: Setup
  /** Changes are functions of what is there, so that two at once do not undo each other. */
  onSetup: (change: (setup: Setup) => Setup) => void
  /** The resource can be picked, too. */
  pick?: boolean
  /** The strategies to choose from, where a lesson wants only some. */
  strategies?: readonly string[]
}

/** Resource, strategy, TTL and the resource's parameters: all derived from the catalogue. */
export function SetupForm({
  setup,
  onSetup,
  pick,
  strategies,
  wrong,
  disabled,
}: SetupControl & {
  /** The parameter that the server found fault with. */
  wrong?: string
  disabled?: boolean
}) {
  const catalog = useCatalog()
  const resource = resourceOf(catalog, setup.resource)
  const strategy = strategyOf(catalog, setup.strategy)
  const offered = catalog.strategies.filter(({ id }) => !strategies || strategies.includes(id))
  const setParam = (name: string) => (text: string) =>
    onSetup((before) => ({ ...before, params: { ...before.params, [name]: text } }))

  return (
    <>
      {pick && (
        <SelectField
          name="Resource"
          options={catalog.resources.map(({ id }) => id)}
          value={setup.resource}
          title={resource.about}
          onChange={(id) =>
            onSetup((before) => ({ ...before, resource: id, ttl: String(resourceOf(catalog, id).ttl), params: {} }))
          }
        />
      )}
      <Segments
        name="Strategy"
        choices={offered.map((each) => ({
          id: each.id,
          label: each.id,
          title: `${each.title}. ${each.summary}`,
          group: offered.length > ONE_ROW ? groupOf(each) : undefined,
        }))}
        value={setup.strategy}
        disabled={disabled}
        onChange={(id) => onSetup((before) => ({ ...before, strategy: id }))}
      />
      {strategy.expires && (
        <NumberField
          name={strategy.http ? 'TTL, for HTTP caches' : 'TTL'}
          title="How long an entry stays fresh"
          unit="s"
          value={setup.ttl}
          min={strategy.http ? 1 : 0.1}
          max={86_400}
          step={strategy.http ? 1 : 'any'}
          wrong={wrong === 'ttl'}
          width={5}
          onChange={(ttl) => onSetup((before) => ({ ...before, ttl }))}
        />
      )}
      {Object.entries(resource.params)
        .filter(([name, param]) => pick || isShown(setup, name, param))
        .map(([name, param]) =>
          param.kind === 'choice' ? (
            param.options.length <= 3 ? (
              <Segments
                key={name}
                name={name}
                choices={param.options.map((id) => ({ id, label: id }))}
                value={paramText(setup, resource, name)}
                onChange={setParam(name)}
                disabled={disabled}
              />
            ) : (
              <SelectField
                key={name}
                name={name}
                title={param.about}
                options={param.options}
                value={paramText(setup, resource, name)}
                wrong={wrong === name}
                onChange={setParam(name)}
              />
            )
          ) : (
            <NumberField
              key={name}
              name={name}
              title={`${param.about}: ${param.accepted}`}
              unit={param.unit}
              value={paramText(setup, resource, name)}
              min={param.min}
              max={param.max}
              step={param.decimals ? 'any' : 1}
              wrong={wrong === name}
              width={String(param.max).length}
              onChange={setParam(name)}
            />
          ),
        )}
    </>
  )
}
