'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { endAttempt, getAttempts, handInCommand, startAttempt } from '@/app/lab/api'
import { useLab, useLabState, useLearnAttempts } from '@/app/lab/lab-provider'
import { faultIn } from '@/app/lab/problem'
import { useServerQuery } from '@/app/lab/use-server-query'
import { turnOf } from './standing'

/** How often the attempts are asked for while the stream is away. */
const EVERY_MS = 1_000

/**
 * The lab's attempt at an exercise: told by the stream, asked for where that is broken. `onPass` hears of one that
 * passes while the page looks on.
 */
export function useAttempt(exercise: string, onPass: () => void) {
  const { lab, fault: labFault } = useLab()
  const attempt = useLabState((state) => state.attempts[exercise])
  const connection = useLabState((state) => state.connection)
  const away = connection === 'reconnecting' || connection === 'offline'
  const client = useQueryClient()
  const learn = useLearnAttempts()

  const queryKey = ['attempts', lab]
  const asked = useServerQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const attempts = await getAttempts(lab ?? '', signal)
      learn(attempts)
      return attempts
    },
    enabled: lab !== undefined && away,
    refetchInterval: EVERY_MS,
    retry: false,
  })
  const onSettled = () => client.invalidateQueries({ queryKey })
  const start = useMutation({ mutationFn: () => startAttempt(lab ?? '', exercise), onSettled })
  const end = useMutation({ mutationFn: () => endAttempt(lab ?? '', exercise), onSettled })
  const command = useMutation({ mutationFn: (text: string) => handInCommand(lab ?? '', exercise, text), onSettled })

  const [gone, setGone] = useState(false)
  const before = useRef(attempt)
  const passed = useRef(onPass)
  useEffect(() => {
    passed.current = onPass
  }, [onPass])
  /** Given up from here: that it is gone is no news. */
  const givenUp = useRef(false)
  useEffect(() => {
    const turn = turnOf(before.current, attempt)
    before.current = attempt
    if (turn === 'passed') passed.current()
    if (turn === 'gone') setGone(!givenUp.current)
    if (attempt) setGone(false)
    givenUp.current = false
  }, [attempt])

  const acts = [start, end, command]
  const failed = acts.find(({ error }) => error)?.error ?? (away ? asked.error : undefined)
  /** What failed before is of no interest any more. */
  const anew = (act: () => void) => {
    for (const each of acts) each.reset()
    act()
  }
  return {
    attempt,
    lab,
    /** It was open, and is there no more. */
    gone,
    away,
    busy: start.isPending || end.isPending || command.isPending,
    fault: lab === undefined ? labFault : failed ? faultIn(failed) : undefined,
    start: () => anew(() => start.mutate()),
    end() {
      givenUp.current = true
      anew(() => end.mutate())
    },
    command: (text: string) => anew(() => command.mutate(text)),
  }
}
