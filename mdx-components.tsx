import type { MDXComponents } from 'mdx/types'
import { Exercise } from '@/app/exercises/exercise'
import { Experiment, Steps } from '@/app/experiment/experiment'
import { Verdict } from '@/app/experiment/verdict'
import { Claim, Misconception } from '@/app/lessons/claim'
import { LessonHeading } from '@/app/lessons/heading'
import { Honest } from '@/app/lessons/honest'
import { LessonTable } from '@/app/lessons/lesson-table'
import { Term } from '@/app/lessons/term'
import {
  BrowserRun,
  EdgeStatus,
  Entries,
  EventLog,
  FaultSwitch,
  Layers,
  LoadPanel,
  OrderSteps,
  QueryPlan,
  Race,
  RequestPanel,
  RestartMemory,
  TtlSweep,
  Witnesses,
  Workers,
} from '@/app/panels/lazy'
import { CodeBlock } from '@/app/source/code-block'
import { Source } from '@/app/source/source'
import { Terminal } from '@/app/source/terminal'

/** What a lesson's MDX may use without importing anything. Panels are lazy: see app/panels/lazy.tsx. */
const components = {
  h2: LessonHeading,
  pre: CodeBlock,
  table: LessonTable,
  BrowserRun,
  Claim,
  EdgeStatus,
  Entries,
  EventLog,
  Exercise,
  Experiment,
  FaultSwitch,
  Honest,
  Layers,
  LoadPanel,
  Misconception,
  OrderSteps,
  QueryPlan,
  Race,
  RequestPanel,
  RestartMemory,
  Source,
  Steps,
  Term,
  Terminal,
  TtlSweep,
  Verdict,
  Witnesses,
  Workers,
} satisfies MDXComponents

export function useMDXComponents(): MDXComponents {
  return components
}
