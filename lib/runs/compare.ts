/** How b compares with a, from repeats of both. */
export interface Comparison {
  /** b divided by a: the geometric mean. `null` if there is nothing to divide, or a value isn't above 0. */
  ratio: number | null
  /** The 95% confidence interval of the ratio, of this metric by itself; `null` with too few repeats. */
  low: number | null
  high: number | null
  /**
   * How often chance alone makes a difference at least this large, from 0 to 1; after {@link corrected}, over all metrics
   * that were compared. `null` if it wasn't tested.
   */
  p: number | null
  verdict: Verdict
  /** b / a of each pair, in their order; empty if the repeats weren't pairs. */
  pairs: number[]
}

/**
 * What b is compared with a. `same`: every value is equal. `unclear`: by itself it would differ, but among all metrics that
 * were compared it may be chance. `too-few`: there aren't enough repeats, or a value isn't above 0.
 */
export type Verdict = 'less' | 'more' | 'same' | 'indistinguishable' | 'unclear' | 'too-few'

/** Repeats of each side below which no interval is given: two have one degree of freedom, and a t of 12.7. */
export const REPEATS_MIN = 3
/** How often a difference may be called one by chance alone. */
const ALPHA = 0.05

/**
 * Compares repeats that took turns: the first of `a` with the first of `b`, and so on. A repeat without a partner is
 * dropped.
 *
 * The interval is Student's t (1908) of the logarithms of the pairs' ratios, turned back. Logarithms, because a ratio of
 * 2 and one of 1/2 are equally far from 1; pairs, because a machine that grows warm or busy slows both of a pair alike.
 * With 3 to 10 repeats, t holds its 95%: a percentile bootstrap (Efron & Tibshirani 1993) can only draw again
 * from the few values that it has, and its interval is too narrow. Georges, Buytaert & Eeckhout (OOPSLA 2007) use t for
 * the same reason with fewer than 30.
 * @param a values of at least 0, one per repeat, in one unit; so are `b`.
 */
export function compareRepeats(a: readonly number[], b: readonly number[]): Comparison {
  const length = Math.min(a.length, b.length)
  const [ofA, ofB] = [a.slice(0, length), b.slice(0, length)]
  const pairs = ofA.map((value, i) => (ofB[i] ?? 0) / value)
  if (length === 0) return nothingToSay
  if (ofA.every((value, i) => value === ofB[i])) return theSame(ofA, length, pairs)
  if (![...ofA, ...ofB].every(isPositive)) return nothingToSay
  const { mean, variance } = spreadOf(pairs.map(Math.log))
  return judged({ log: mean, error: Math.sqrt(variance / length), degrees: length - 1, repeats: length, pairs })
}

/**
 * Compares repeats that didn't take turns, of any number on each side: the difference of the means of the logarithms,
 * with the interval of Welch (1947), which doesn't assume that both sides scatter alike.
 * @param a values of at least 0, one per repeat, in one unit; so are `b`.
 */
export function compareGroups(a: readonly number[], b: readonly number[]): Comparison {
  if (a.length === 0 || b.length === 0) return nothingToSay
  const repeats = Math.min(a.length, b.length)
  if ([...a, ...b].every((value) => value === a[0])) return theSame(a, repeats, [])
  if (![...a, ...b].every(isPositive)) return nothingToSay
  const [ofA, ofB] = [spreadOf(a.map(Math.log)), spreadOf(b.map(Math.log))]
  const [inA, inB] = [ofA.variance / a.length, ofB.variance / b.length]
  const degrees = (inA + inB) ** 2 / (inA ** 2 / (a.length - 1) + inB ** 2 / (b.length - 1)) || repeats - 1
  return judged({ log: ofB.mean - ofA.mean, error: Math.sqrt(inA + inB), degrees, repeats, pairs: [] })
}

/**
 * Corrects the verdicts of several metrics that come from the same repeats, in their order. Five metrics at 95% each
 * would find a difference between equals in up to one comparison of four. Holm's step-down method (1979) keeps that chance at 5% for
 * all of them together, whatever their dependence, and rejects at least what Bonferroni's does.
 */
export function corrected(comparisons: readonly Comparison[]): Comparison[] {
  const tested = comparisons.flatMap(({ p }, i) => (p === null ? [] : [{ p, i }])).sort((one, two) => one.p - two.p)
  const adjusted = new Map<number, number>()
  let highest = 0
  for (const [rank, { p, i }] of tested.entries()) {
    highest = Math.max(highest, Math.min(p * (tested.length - rank), 1))
    adjusted.set(i, highest)
  }
  return comparisons.map((comparison, i) => {
    const p = adjusted.get(i)
    if (p === undefined) return comparison
    const { verdict } = comparison
    const lost = p > ALPHA && (verdict === 'less' || verdict === 'more')
    return { ...comparison, p, verdict: lost ? 'unclear' : verdict }
  })
}

/**
 * Returns the verdict in words.
 * @param words what less and more of the metric are: `faster` and `slower` for a latency.
 */
export function verdictInWords(
  { verdict, ratio }: Pick<Comparison, 'verdict' | 'ratio'>,
  words: { less: string; more: string } = { less: 'less', more: 'more' },
): string {
  switch (verdict) {
    case 'same':
      return 'the same'
    case 'too-few':
      return ratio === null ? 'no ratio to 0' : 'too few repeats to tell'
    case 'indistinguishable':
      return 'cannot be told apart'
    case 'unclear':
      return 'unclear after correction'
    case 'less':
    case 'more':
      return words[verdict]
  }
}

const nothingToSay: Comparison = { ratio: null, low: null, high: null, p: null, verdict: 'too-few', pairs: [] }

/** Equal values: nothing to test, and no scatter. Zeros have no ratio. */
function theSame(values: readonly number[], repeats: number, pairs: number[]): Comparison {
  const ratio = values.every(isPositive) ? 1 : null
  const bound = repeats < REPEATS_MIN ? null : ratio
  return { ratio, low: bound, high: bound, p: repeats < REPEATS_MIN ? null : 1, verdict: 'same', pairs }
}

const isPositive = (value: number): boolean => value > 0 && Number.isFinite(value)

function judged(measured: {
  /** The logarithm of the ratio, and its standard error. */
  log: number
  error: number
  degrees: number
  repeats: number
  pairs: number[]
}): Comparison {
  const { log, error, repeats, pairs } = measured
  // The logarithm and its inverse are a hair off: 1 would become 0.9999999999999999, and "less".
  const back = (value: number) => Number(Math.exp(value).toPrecision(12))
  const ratio = back(log)
  if (repeats < REPEATS_MIN) return { ratio, low: null, high: null, p: null, verdict: 'too-few', pairs }
  // Rounded down to whole degrees, which widens the interval.
  const degrees = Math.max(Math.floor(measured.degrees + 1e-9), 1)
  const half = studentT(degrees) * error
  const [low, high] = [back(log - half), back(log + half)]
  const verdict = high < 1 ? 'less' : low > 1 ? 'more' : 'indistinguishable'
  const p = log === 0 ? 1 : studentP(Math.abs(log) / error, degrees)
  return { ratio, low, high, p, verdict, pairs }
}

/** Mean, and the variance of the sample that they are taken to be; 0 of a single value. */
function spreadOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, variance: values.length > 1 ? squares / (values.length - 1) : 0 }
}

/**
 * Returns how often |t| is at least this large by chance: the two-sided tail of Student's distribution, by its finite
 * sums (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4).
 * @param t at least 0; Infinity is allowed.
 * @param degrees of freedom, a whole number from 1.
 */
export function studentP(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees))
  const [sine, square] = [Math.sin(angle), Math.cos(angle) ** 2]
  const odd = degrees % 2 === 1
  let term = odd ? sine * Math.cos(angle) : sine
  let sum = 0
  for (let n = odd ? 3 : 2; n <= degrees; n += 2) {
    sum += term
    term *= (square * (n - 1)) / n
  }
  const within = odd ? (2 / Math.PI) * (angle + sum) : sum
  return Math.min(Math.max(1 - within, 0), 1)
}

/** Returns the t that chance exceeds in {@link ALPHA} of the cases, by bisection. */
function studentT(degrees: number): number {
  let [low, high] = [0, 20]
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (studentP(middle, degrees) > ALPHA) low = middle
    else high = middle
  }
  return high
}
