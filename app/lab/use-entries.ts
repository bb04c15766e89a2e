'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { emptyLab, getEntries } from './api'
import { useLab, useLabState } from './lab-provider'
import type { LabState } from './state'
import { useServerQuery } from './use-server-query'

/** Entries are asked for at most this often, however fast they change. */
const EVERY_MS = 400

/** A number that changes whenever what is kept has changed. */
const changes = ({ counters, epoch }: LabState) =>
  counters && `${epoch}:${counters.stores + counters.expiries + counters.evictions + counters.invalidations}`

/** The lab's cached entries, kept up to date by its stream. */
export function useEntries() {
  const { lab } = useLab()
  const client = useQueryClient()
  const changed = useLabState(changes)
  const connection = useLabState((state) => state.connection)
  const asked = useRef(0)

  const query = useServerQuery({
    queryKey: ['entries', lab],
    queryFn: ({ signal }) => {
      asked.current = Date.now()
      return getEntries(lab ?? '', signal)
    },
    enabled: lab !== undefined,
    // Without a stream nobody says when to ask; with one, this notices what Redis threw out by itself.
    refetchInterval: connection === 'live' ? 5_000 : 1_000,
  })

  useEffect(() => {
    if (changed === undefined) return
    const wait = Math.max(EVERY_MS - (Date.now() - asked.current), 0)
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ['entries', lab] }), wait)
    return () => clearTimeout(timer)
  }, [changed, client, lab])

  return query
}

/** Empty the lab: all of its tiers, and no other lab's. */
export function useEmptyLab() {
  const { lab } = useLab()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => emptyLab(lab ?? ''),
    onSettled: () => client.invalidateQueries({ queryKey: ['entries', lab] }),
  })
}
