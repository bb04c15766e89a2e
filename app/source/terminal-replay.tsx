'use client'

import { useEffect, useState } from 'react'
import { CopyButton } from '@/app/parts/copy-button'
import { Scroller } from '@/app/parts/scroller'
import { useHydrated } from '@/app/parts/use-hydrated'
import { SHOWN } from '@/lessons/recordings/recording'
import { replayMs, type Shown, shownAt } from './replay'

interface Step {
  command: string
  output: string
  durationMs: number
  /** Lines of the output that hold this are the point. */
  marked?: string
}

const FRAME_MS = 33
/** After a page that stood still, the replay goes on where it was. */
const LONGEST_FRAME_MS = 200
const WHOLE: Shown = { begun: true, typed: Number.POSITIVE_INFINITY, answered: true }

/**
 * All of it at once; or, from Play on, typed as it was. What is still to come keeps its room, so that nothing on the
 * page moves. Where the reader asked for less motion there is nothing to play.
 */
export function TerminalReplay({ title, steps }: { title: string; steps: readonly Step[] }) {
  /** Milliseconds into the replay; undefined while all is there. */
  const [at, setAt] = useState<number>()
  const [running, setRunning] = useState(false)
  const scripts = useHydrated()
  const length = replayMs(steps)

  useEffect(() => {
    if (!running) return
    let before = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      const passed = Math.min(now - before, LONGEST_FRAME_MS)
      before = now
      setAt((at = 0) => at + passed)
    }, FRAME_MS)
    return () => clearInterval(timer)
  }, [running])

  const ended = at !== undefined && at >= length
  useEffect(() => {
    if (!ended) return
    setRunning(false)
    setAt(undefined)
  }, [ended])

  const shown = at === undefined ? undefined : shownAt(steps, at)
  const under = at !== undefined
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line py-2 pr-2 pl-4 text-sm">
        <b className="font-semibold">{title}</b>
        <span className={`no-print flex flex-wrap gap-2 motion-reduce:hidden ${scripts ? '' : 'invisible'}`}>
          <button type="button" className="button-quiet min-w-[76px]" onClick={() => setRunning((is) => !is)}>
            {running ? 'Pause' : under ? 'Go on' : 'Play'}
          </button>
          <button
            type="button"
            className="button-quiet"
            disabled={!under}
            onClick={() => {
              setAt(0)
              setRunning(true)
            }}
          >
            Restart
          </button>
          <button
            type="button"
            className="button-quiet"
            disabled={!under}
            onClick={() => {
              setRunning(false)
              setAt(undefined)
            }}
          >
            Skip to the end
          </button>
        </span>
      </div>
      <ol className="bands">
        {steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a recording never changes, and commands come twice
          <li key={i}>
            <TerminalStep {...step} number={i + 1} shown={shown?.[i] ?? WHOLE} />
          </li>
        ))}
      </ol>
    </>
  )
}

function TerminalStep({ command, output, marked, number, shown }: Step & { number: number; shown: Shown }) {
  const ahead = shown.answered ? '' : 'replay-ahead'
  return (
    <>
      <div className="flex items-start justify-between gap-4 py-2 pr-2 pl-4">
        <code className="min-w-0 flex-1 py-1.5 text-[13.5px] leading-relaxed [overflow-wrap:anywhere]">
          <span className={`font-semibold text-blue select-none ${shown.begun ? '' : 'replay-ahead'}`} aria-hidden>
            ${' '}
          </span>
          <b className="font-semibold">{command.slice(0, shown.typed)}</b>
          <span className="replay-ahead">{command.slice(shown.typed)}</span>
        </code>
        {/* The app may be at another port than the one that the recording shows. */}
        <CopyButton text={() => command.replaceAll(SHOWN.app, location.origin)} />
      </div>
      <Scroller name={`Output of command ${number}`} className={`overflow-x-auto pb-4 ${ahead}`}>
        <pre>
          <samp className="block w-max min-w-full text-[13px] leading-[1.6]">
            {output.split('\n').map((line, i) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                key={i}
                className={`terminal-line ${marked && line.includes(marked) ? 'terminal-marked' : ''}`}
              >
                <span>{line}</span>
                {'\n'}
              </span>
            ))}
          </samp>
        </pre>
      </Scroller>
    </>
  )
}
