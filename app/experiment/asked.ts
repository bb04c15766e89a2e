import type { ChoicePrediction, NumberPrediction, Prediction } from '@/lessons/lesson'

/** A prediction as the page asks for it: plain data, without the function that measures what came true. */
export type Asked = AskedNumber | AskedChoice
export type AskedNumber = Omit<NumberPrediction, 'measure'>
export type AskedChoice = Omit<ChoicePrediction, 'measure'>

/** What the reader says: a number in the prediction's unit, or the id of an option. */
export type Said = number | string

/** Leave the function out: what the server hands to the browser has none. */
export function askedOf(predict: Prediction): Asked {
  if (predict.kind === 'choice') return { kind: predict.kind, ask: predict.ask, options: predict.options }
  const { kind, ask, unit, min, max, step, draw } = predict
  return { kind, ask, unit, min, max, step, draw }
}

/** Positions beyond which a slider is no help: one pixel would be more than one of them. */
const SLIDER_POSITIONS = 1_000

/** Whether a slider fits beside the number. */
export const slides = ({ min, max, step = 1 }: AskedNumber): boolean => (max - min) / step <= SLIDER_POSITIONS

/** Read what was typed or chosen: what it says, or what is wrong with it, in a sentence. */
export function readSaid(asked: Asked, given: string): { said: Said } | { fault: string } {
  if (asked.kind === 'choice') {
    return asked.options.some(({ id }) => id === given)
      ? { said: given }
      : { fault: 'Choose one of the answers, or skip.' }
  }
  const { min, max, unit } = asked
  const said = given.trim() === '' ? Number.NaN : Number(given)
  return said >= min && said <= max
    ? { said }
    : { fault: `Say a number from ${inUnit(min, unit)} to ${inUnit(max, unit)}, or skip.` }
}

/** What was said or measured, in words: `50 %`, `1,000 calls`, or the option’s label. */
export function inWords(asked: Asked, value: Said): string {
  if (typeof value === 'number') return asked.kind === 'number' ? inUnit(value, asked.unit) : String(value)
  return asked.kind === 'choice' ? (asked.options.find(({ id }) => id === value)?.label ?? value) : value
}

/** A thin gap before a sign, a space that does not break before a word. */
const GAP = '\u202f'
const SPACE = '\u00a0'
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })
/** Units that are words, with the word for one of them. */
const ONE: Partial<Record<AskedNumber['unit'], string>> = {
  requests: 'request',
  calls: 'call',
  queries: 'query',
  'requests/s': 'request/s',
}

/** A number with its unit: as typed where it is short, with three digits where it was measured. */
function inUnit(value: number, unit: AskedNumber['unit']): string {
  const rounded = rounder(unit)(value)
  const one = ONE[unit]
  return one === undefined
    ? `${plain.format(rounded)}${GAP}${unit}`
    : `${plain.format(rounded)}${SPACE}${rounded === 1 ? one : unit}`
}

/** A share is never rounded to all or nothing: 99.97 % are not 100 %. */
const rounder = (unit: AskedNumber['unit']) => (value: number) => {
  if (unit !== '%') return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))
  const rounded = Math.round(value * 10) / 10
  return value > 0 && rounded === 0 ? 0.1 : value < 100 && rounded === 100 ? 99.9 : rounded
}

/** How far off it was, in words that end a sentence: `25 percentage points too high`. */
export function offInWords({ unit }: AskedNumber, said: number, measured: number): string {
  const [low, high] = [Math.min(said, measured), Math.max(said, measured)]
  const side = said > measured ? 'too high' : 'too low'
  if (inUnit(said, unit) === inUnit(measured, unit)) return 'just right'
  if (unit === '%') {
    const points = Math.round((high - low) * 10) / 10
    return `${plain.format(points)} percentage ${points === 1 ? 'point' : 'points'} ${side}`
  }
  if (low <= 0) return `${inUnit(high - low, unit)} ${side}`
  const factor = high / low
  if (factor >= 2) return `${side} by a factor of ${plain.format(Number(factor.toPrecision(2)))}`
  return `${plain.format(Math.max(Math.round(((high - low) / measured) * 100), 1))}${GAP}% ${side}`
}
