'use client'

import { useEffect, useMemo, useState } from 'react'
import { useItem, useNotebook } from '@/app/notebook/notebook-provider'
import type { Seen } from '@/lessons/lesson'
import type { ItemOf } from '@/lib/notebook/items'
import { type Asked, inWords, offInWords, type Said } from './asked'
import type { Drawn, Result } from './experiment-context'
import { nothingSeen } from './seen'

/** Where an experiment stands is what its item in the notebook says: it comes back after a reload, and elsewhere. */
export function usePrediction({ id, lesson, asked }: { id: string; lesson: string; asked: Asked }) {
  const item = useItem('prediction', id)
  const { put, drop } = useNotebook()
  return useMemo(
    () => ({
      item,
      drawn: item && drawnOf(asked, item),
      result: item && resultOf(asked, item),
      /** Write down what the reader says; undefined where they skip it. */
      commit: (said: Said | undefined) =>
        put({
          id: `prediction:${id}`,
          kind: 'prediction',
          lesson,
          experiment: id,
          ask: asked.ask,
          ...(asked.kind === 'number' ? { unit: asked.unit } : {}),
          ...(said === undefined ? {} : { said }),
        }),
      takeBack: () => drop([`prediction:${id}`]),
    }),
    [item, asked, id, lesson, put, drop],
  )
}

/**
 * Measure what came true, and write it beside the prediction. What the tab had seen before it was loaded anew is
 * measured only where nothing has been yet. Gives whether the measure could not be fetched.
 */
export function useMeasure(
  id: string,
  item: ItemOf<'prediction'> | undefined,
  { seen, fresh }: { seen: Seen; fresh: boolean },
): { lost: boolean } {
  const { put } = useNotebook()
  const [lost, setLost] = useState(false)
  const due = item !== undefined && seen !== nothingSeen && (fresh || item.measured === undefined)
  useEffect(() => {
    if (!due) return
    let past = false
    const write = async () => {
      const { measureOf } = await import('./measure-of')
      if (past) return
      const measured = measureOf(id)(seen)
      if (measured === undefined || Number.isNaN(measured) || measured === item.measured) return
      put({ ...item, measured })
    }
    write().then(
      () => setLost(false),
      // The server was built anew since this page was loaded: its code of then is gone.
      () => setLost(true),
    )
    return () => {
      past = true
    }
  }, [due, seen, item, id, put])
  return { lost }
}

function resultOf(asked: Asked, { said, measured }: ItemOf<'prediction'>): Result | undefined {
  if (measured === undefined) return undefined
  return {
    measured: inWords(asked, measured),
    ...(said === undefined ? {} : { said: inWords(asked, said) }),
    ...(asked.kind === 'number' && typeof said === 'number' && typeof measured === 'number'
      ? { off: offInWords(asked, said, measured) }
      : {}),
    ...(asked.kind === 'choice' && said !== undefined ? { right: said === measured } : {}),
  }
}

function drawnOf(asked: Asked, { said }: ItemOf<'prediction'>): Drawn | undefined {
  if (asked.kind !== 'number' || asked.draw === undefined || typeof said !== 'number') return undefined
  return { figure: asked.draw, value: asked.unit === 's' ? said * 1000 : said, words: inWords(asked, said) }
}
