/** What can be said of two groups of repeats. */
export interface Comparison {
  /** b divided by a: the geometric mean. `null` where there is nothing to divide, or a value that is not above 0. */
  ratio: number | null
  /** The 95 % confidence interval of the ratio; `null` where there are too few repeats for one. */
  low: number | null
  high: number | null
  /** What b is beside a; `too-few` where nothing can be said at all. */
  verdict: 'less' | 'more' | 'indistinguishable' | 'too-few'
  /** b / a of each pair, in their order; empty where the repeats were no pairs. */
  pairs: number[]
}

/** Repeats of each side below which no interval is given: two have one degree of freedom, and a t of 12.7. */
export const REPEATS_MIN = 3

/**
 * Compare repeats that were measured in turns, A B A B: the first of `a` with the first of `b`, and so on. What is left
 * without a partner is left out.
 *
 * The interval is Student's t (1908) of the logarithms of the pairs' ratios, turned back. Logarithms, since a ratio of
 * 2 and one of 1/2 are equally far from 1; pairs, since a machine that grows warm or busy slows both of a pair alike.
 * Of 3 to 10 repeats, t is what holds its 95 %: a percentile bootstrap (Efron & Tibshirani 1993) can only draw again
 * from the few values that it has, and comes out too narrow. Georges, Buytaert & Eeckhout (OOPSLA 2007) use t for the
 * same reason wherever there are fewer than 30.
 * @param a figures above 0, one a repeat, in one unit; so are `b`.
 */
export function compareRepeats(a: readonly number[], b: readonly number[]): Comparison {
  const pairs = a.slice(0, b.length).map((value, i) => (b[i] ?? 0) / value)
  const used = [...a.slice(0, pairs.length), ...b.slice(0, pairs.length)]
  if (pairs.length === 0 || !used.every(isPositive)) return nothingToSay
  const { mean, variance } = spreadOf(pairs.map(Math.log))
  const error = Math.sqrt(variance / pairs.length)
  return judged(mean, error, pairs.length - 1, pairs.length, pairs)
}

/**
 * Compare repeats that were measured whenever, as many on each side as there are: the difference of the means of the
 * logarithms, with the interval of Welch (1947), which does not ask that both sides scatter alike.
 * @param a figures above 0, one a repeat, in one unit; so are `b`.
 */
export function compareGroups(a: readonly number[], b: readonly number[]): Comparison {
  if (a.length === 0 || b.length === 0 || ![...a, ...b].every(isPositive)) return nothingToSay
  const [ofA, ofB] = [spreadOf(a.map(Math.log)), spreadOf(b.map(Math.log))]
  const [inA, inB] = [ofA.variance / a.length, ofB.variance / b.length]
  const degrees = (inA + inB) ** 2 / (inA ** 2 / (a.length - 1) + inB ** 2 / (b.length - 1))
  const fewest = Math.min(a.length, b.length)
  return judged(ofB.mean - ofA.mean, Math.sqrt(inA + inB), degrees || fewest - 1, fewest, [])
}

/**
 * The verdict in words.
 * @param words what less and more of the figure are: `faster` and `slower` for a latency.
 */
export function verdictInWords(
  { verdict, ratio }: Pick<Comparison, 'verdict' | 'ratio'>,
  words: { less: string; more: string } = { less: 'less', more: 'more' },
): string {
  if (ratio === null) return 'no ratio to 0'
  if (verdict === 'too-few') return 'too few repeats to tell'
  return verdict === 'indistinguishable' ? 'cannot be told apart' : words[verdict]
}

const nothingToSay: Comparison = { ratio: null, low: null, high: null, verdict: 'too-few', pairs: [] }

const isPositive = (value: number): boolean => value > 0 && Number.isFinite(value)

function judged(log: number, error: number, degrees: number, repeats: number, pairs: number[]): Comparison {
  // The logarithm and its inverse are a hair off: 1 would become 0.9999999999999999, and "less".
  const back = (value: number) => Number(Math.exp(value).toPrecision(12))
  const ratio = back(log)
  if (repeats < REPEATS_MIN) return { ratio, low: null, high: null, verdict: 'too-few', pairs }
  const half = studentT(degrees) * error
  const [low, high] = [back(log - half), back(log + half)]
  const verdict = high < 1 ? 'less' : low > 1 ? 'more' : 'indistinguishable'
  return { ratio, low, high, verdict, pairs }
}

/** Mean, and the variance of the sample that they are taken to be; 0 of a single value. */
function spreadOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, variance: values.length > 1 ? squares / (values.length - 1) : 0 }
}

/** Two-sided 95 % points of Student's t, from 1 degree of freedom on: any table of it. */
const T_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]
const Z_95 = 1.959964

/** Rounded down to whole degrees, which widens the interval; above the table, the first term of Cornish and Fisher. */
const studentT = (degrees: number): number =>
  T_95[Math.max(Math.floor(degrees + 1e-9), 1) - 1] ?? Z_95 + (Z_95 ** 3 + Z_95) / (4 * degrees)
