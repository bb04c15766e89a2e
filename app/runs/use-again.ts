'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { startRun } from '@/app/lab/api'
import { type Fault, faultIn } from '@/app/lab/problem'
import type { RunConfig } from '@/lib/runs/config'
import { runAddress } from './address'
import { repeated } from './again'

/** Repeats a run in the reader's own lab, and opens its page. */
export function useAgain(config: RunConfig): { start: () => void; busy: boolean; fault?: Fault } {
  const router = useRouter()
  const { mutate, isPending, error } = useMutation({
    mutationFn: startRun,
    onSuccess: ({ id }) => router.push(runAddress(id)),
  })
  return { start: () => mutate(repeated(config)), busy: isPending, ...(error ? { fault: faultIn(error) } : {}) }
}
