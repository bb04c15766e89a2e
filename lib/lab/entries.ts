import { z } from 'zod'

export const TIERS = ['memory', 'redis', 'edge'] as const
const tier = z.enum(TIERS)
/** Where the server's side keeps entries: in a process, for all processes, and in the shared HTTP cache before them. */
export type Tier = z.infer<typeof tier>

/** An entry that a tier of the server's keeps, and what it is an entry of. Times are epoch milliseconds. */
export const labEntry = z.object({
  tier,
  key: z.string(),
  version: z.number(),
  storedAt: z.number(),
  expiresAt: z.number(),
  resource: z.string(),
  strategy: z.string(),
  worker: z
    .string()
    .optional()
    .describe('the process in whose memory it is; `careless` in the edge that is misconfigured on purpose'),
})
export type LabEntry = z.infer<typeof labEntry>

/** What `GET /api/lab/entries` answers. */
export const labEntries = z.object({
  now: z.number().describe('this server’s clock, epoch milliseconds'),
  entries: z.array(labEntry).describe('the next to expire first; at most 100 a strategy and resource'),
  total: z.record(tier, z.int().min(0)).describe('how many there are, listed or not'),
  unavailable: z.array(tier).describe('tiers that could not be asked'),
})
export type LabEntries = z.infer<typeof labEntries>
