'use client'

import Link from 'next/link'
import { useState } from 'react'
import { calibration } from '@/app/experiment/calibration'
import type { ItemOf } from '@/lib/notebook/items'
import { predictionsIn } from './calibration-line'
import { CalibrationSummary } from './calibration-summary'
import { UndoLine } from './command-list'
import { KeptLine } from './kept-line'
import { LessonSection } from './lesson-section'
import { useNotebook } from './notebook-provider'
import type { LessonOutline } from './outline'
import { RecordCommand } from './record-command'
import { sectionsOf } from './sections'
import { Tools } from './tools'

/** The whole notebook: how well the reader predicts, then everything by lesson, then what to do with it. */
export function NotebookPages({ lessons }: { lessons: readonly LessonOutline[] }) {
  const { items, known, put, drop } = useNotebook()
  const [deleted, setDeleted] = useState<ItemOf<'command'>>()
  if (!known) return <p className="sheet band mt-8 text-ink-2">Reading the notebook…</p>
  const sections = sectionsOf(Object.values(items), lessons)
  return (
    <>
      <KeptLine />
      {sections.length === 0 ? (
        <div className="sheet band mt-8 max-w-[66ch]" data-testid="notebook-empty">
          <h2 className="text-2xl">Nothing is written here yet</h2>
          <p className="prose mt-2 text-[17.5px]">
            Open a lesson, predict what an experiment will show, and run it. What you said and what was measured will
            stand here side by side. <Link href="/lessons">To the lessons</Link>
          </p>
        </div>
      ) : (
        <>
          <CalibrationSummary {...calibration(predictionsIn(items))} />
          {sections.map((section) => (
            <LessonSection
              key={section.title}
              section={section}
              onDelete={(command) => {
                drop([command.id])
                setDeleted(command)
              }}
            />
          ))}
        </>
      )}
      {deleted && (
        <UndoLine
          deleted={deleted}
          onUndo={() => {
            put(deleted)
            setDeleted(undefined)
          }}
        />
      )}
      <RecordCommand lessons={lessons} />
      <Tools lessons={lessons} />
    </>
  )
}
