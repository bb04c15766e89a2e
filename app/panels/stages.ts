import { BOUNDS } from '@/lib/runs/bounds'

/** One stage of an open loop: the rate goes in a straight line from where the one before ended. Texts are as typed. */
export interface StageSetup {
  /** Requests per second at its end. */
  rate: string
  /** Seconds that it takes to get there; 0 is a jump. */
  seconds: string
}

/** The seconds that stages take together. Undefined where one of them is no number. */
export function totalSeconds(stages: readonly StageSetup[]): number | undefined {
  const sum = stages.reduce((all, { seconds }) => all + (seconds.trim() === '' ? Number.NaN : Number(seconds)), 0)
  return Number.isNaN(sum) ? undefined : sum
}

/** Stages as an address holds them: `400:5_400:10`, each its rate and its seconds. */
export const stagesText = (stages: readonly StageSetup[]): string =>
  stages.map(({ rate, seconds }) => `${rate}:${seconds}`).join('_')

/** Read what {@link stagesText} wrote. */
export const stagesFrom = (text: string): StageSetup[] =>
  text
    .split('_')
    .filter((stage) => stage !== '')
    .map((stage) => {
      const [rate = '', seconds = ''] = stage.split(':')
      return { rate, seconds }
    })

interface Preset {
  name: string
  about: string
  /** @param rate requests per second that the run begins with. */
  of: (rate: number) => [rate: number, seconds: number][]
}

const PRESETS: readonly Preset[] = [
  {
    name: 'Ramp up',
    about: 'To four times the rate, step by step: where does it begin to wait?',
    of: (rate) => [
      [2 * rate, 5],
      [2 * rate, 3],
      [4 * rate, 5],
      [4 * rate, 3],
    ],
  },
  {
    name: 'Spike',
    about: 'Five times the rate for three seconds, at once and at once gone',
    of: (rate) => [
      [rate, 5],
      [5 * rate, 0],
      [5 * rate, 3],
      [rate, 0],
      [rate, 5],
    ],
  },
  {
    name: 'Warm-up then steady',
    about: 'From a tenth of the rate to the whole of it, and on at that',
    of: (rate) => [
      [rate / 10, 0],
      [rate, 5],
      [rate, 10],
    ],
  },
]

/** Stages to begin with, each made for the rate that is set: requests per second, as typed. */
export const stagePresets = PRESETS.map(({ name, about, of }) => ({
  name,
  about,
  stages: (rate: string): StageSetup[] =>
    of(Number(rate) || 1).map(([to, seconds]) => ({
      rate: String(Math.min(Math.max(Math.round(to), BOUNDS.rate.min), BOUNDS.rate.max)),
      seconds: String(seconds),
    })),
}))
