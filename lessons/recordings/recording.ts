import { z } from 'zod'

/** A recording as it is asked for: what is typed, and what the answers have to show to be worth showing. */
export interface RecordingDefinition {
  /** Its file is `<name>.json` beside this one, and `<Terminal recording="…">` names it. */
  name: string
  title: string
  steps: readonly {
    /**
     * As it is typed, but with `{app}` for the app's address, `{other}` for that of a second one at the same Redis, and
     * `{etag}` for the ETag of the answer before.
     */
    command: string
    /** A part of a line of the answer. The replay marks those lines; a recording without one is refused. */
    shows: string
  }[]
}

/** A recording as it was made. */
export const recording = z.strictObject({
  title: z.string(),
  recordedAt: z.iso.datetime(),
  /** Processors and system. */
  machine: z.string(),
  /** Version by name, of all that took part. Empty where a tool does not tell its own. */
  tools: z.record(z.string(), z.string()),
  steps: z.array(z.strictObject({ command: z.string(), output: z.string(), durationMs: z.number().min(0) })).min(1),
})
export type Recording = z.infer<typeof recording>

/** The addresses that recordings show, whatever ports were free when they were made. */
export const SHOWN = { app: 'http://127.0.0.1:3000', other: 'http://127.0.0.1:3001' } as const

/** The tool that a command starts with. */
export const toolOf = (command: string): string => command.slice(0, command.indexOf(' '))

/** What a recording lacks of its definition, in words; empty where it fits. */
export function misfits({ title, steps }: RecordingDefinition, made: Recording): string[] {
  if (made.title !== title) return [`its title is “${made.title}”`]
  if (made.steps.length !== steps.length) return [`it has ${made.steps.length} steps, not ${steps.length}`]
  return steps.flatMap(({ command, shows }, i) => {
    const step = made.steps[i]
    return [
      ...(step ? failures(step) : []),
      ...(step && commandPattern(command).test(step.command) ? [] : [`step ${i + 1} typed ${step?.command}`]),
      ...(step?.output.includes(shows) ? [] : [`the answer to step ${i + 1} does not show “${shows}”`]),
    ]
  })
}

/**
 * Returns what shows that a load measured something else than its command names, in words: `hey` and `wrk` print their
 * figures whether the responses are 200s or errors.
 */
function failures({ command, output }: Recording['steps'][number]): string[] {
  const tool = toolOf(command)
  if (tool === 'wrk' && /Non-2xx|Socket errors/.test(output)) return [`wrk got responses other than 200: ${command}`]
  if (tool !== 'hey') return []
  const requests = /-n (\d+)/.exec(command)?.[1]
  const ok = /\[200\]\s+(\d+) responses/.exec(output)?.[1]
  return ok === requests ? [] : [`hey got ${ok ?? 0} of ${requests} responses with status 200: ${command}`]
}

function commandPattern(command: string): RegExp {
  const literal = command.replaceAll('{app}', SHOWN.app).replaceAll('{other}', SHOWN.other)
  const parts = literal.split('{etag}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('(?:W/)?"[^"\\s]+"')}$`)
}
