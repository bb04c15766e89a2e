/**
 * What a run draws by chance. Each has numbers of its own, so that none can lean on another. A new one comes last: the
 * place in the list seeds it, and what older runs drew is to be drawn again.
 */
const STREAMS = ['keys', 'arrivals', 'warm-up keys', 'writes', 'hosts', 'warm-up hosts', 'turns'] as const
export type Stream = (typeof STREAMS)[number]

/** Numbers that are drawn and thrown away before the first, as PractRand does after seeding. */
const MIXING = 12

/**
 * Draw numbers from 0 up to, but without, 1: the same for the same seed and stream, and unlike those of any other seed
 * or stream. It is sfc32, the Small Fast Counting generator of PractRand (C. Doty-Humphrey), seeded as there from 64
 * bits. A linear congruential generator will not do: its streams are pieces of one sequence, and seeds that are close
 * begin alike.
 * @param seed a whole number of at most 32 bits.
 */
export function seeded(seed: number, stream: Stream): () => number {
  let a = 0
  let b = seed | 0
  let c = STREAMS.indexOf(stream)
  let counter = 1
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let i = 0; i < MIXING; i += 1) next()
  return next
}
