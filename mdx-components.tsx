import type { MDXComponents } from 'mdx/types'
import { LessonHeading } from '@/app/lessons/heading'
import { Experiment, Honest, Shelf, Steps, Verdict } from '@/app/panels/experiment'
import { Entries, EventLog, LoadPanel, RequestPanel } from '@/app/panels/lazy'
import { CodeBlock } from '@/app/source/code-block'
import { Source } from '@/app/source/source'

/** What a lesson's MDX may use without importing anything. Panels are lazy: see app/panels/lazy.tsx. */
const components = {
  h2: LessonHeading,
  pre: CodeBlock,
  Entries,
  EventLog,
  Experiment,
  Honest,
  LoadPanel,
  RequestPanel,
  Shelf,
  Source,
  Steps,
  Verdict,
} satisfies MDXComponents

export function useMDXComponents(): MDXComponents {
  return components
}
