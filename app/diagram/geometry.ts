import { LAYERS, type LayerId, passedBy } from './definition'

/** A drawing of the layers in units of about a pixel: from left to right, or from top to bottom on a phone. */
export interface Drawing {
  width: number
  height: number
  boxes: readonly Box[]
  /** From each layer that is passed to the next. */
  requests: readonly Leg[]
  /** From each that may answer back to the page, along one lane. */
  answers: readonly Leg[]
  /** From the lane into each tier, where the answer is stored on its way back. */
  stores: readonly Leg[]
}

export interface Box {
  id: LayerId
  x: number
  y: number
  width: number
  height: number
  /** On the way of the request; the others stand beside it. */
  passed: boolean
}

/** A line that ends in an arrow, by the layer that it comes from, or for a store goes to. */
export interface Leg {
  id: LayerId
  points: readonly Point[]
  label: string
  labelAt: Point
}

type Point = readonly [x: number, y: number]

/** From left to right. Boxes take 17 characters of the small type; what is passed by stands above the way. */
const WIDE = { width: 1000, box: 136, height: 56, passedBy: 6, way: 96, lane: 208, end: 222 }
/** From top to bottom, no wider than a phone; what is passed by stands to the right of the way. */
const TALL = { width: 330, box: 142, height: 52, way: 66, passedBy: 186, pitch: 82, lane: 8 }

/** Draw the layers from left to right. */
export function drawWide(tiers: readonly string[]): Drawing {
  const gap = (WIDE.width - LAYERS.length * WIDE.box) / (LAYERS.length - 1)
  const way = passedBy(tiers)
  const boxes = LAYERS.map(({ id }, i): Box => {
    const passed = way.includes(id)
    const y = passed ? WIDE.way : WIDE.passedBy
    return { id, x: i * (WIDE.box + gap), y, width: WIDE.box, height: WIDE.height, passed }
  })
  const passed = boxes.filter((box) => box.passed)
  const middle = WIDE.way + WIDE.height / 2
  const bottom = WIDE.way + WIDE.height
  const centre = ({ x, width }: Box) => x + width / 2
  const [page] = passed

  return {
    width: WIDE.width,
    height: WIDE.end,
    boxes,
    requests: passed.slice(0, -1).map((box, i) => {
      const to = passed[i + 1] ?? box
      const from = box.x + box.width
      return {
        id: box.id,
        points: [
          [from, middle],
          [to.x - 2, middle],
        ],
        label: box === page ? '' : 'miss',
        labelAt: [(from + to.x) / 2, middle - 8],
      }
    }),
    answers: passed.slice(1).map((box) => ({
      id: box.id,
      points: [
        [centre(box) - 24, bottom],
        [centre(box) - 24, WIDE.lane],
        [page ? centre(page) : 0, WIDE.lane],
        [page ? centre(page) : 0, bottom + 2],
      ],
      label: box.id === 'origin' ? 'answer' : 'hit',
      labelAt: [centre(box) - 24 + (box.id === 'origin' ? 28 : 17), bottom + 22],
    })),
    stores: passed.slice(1, -1).map((box) => ({
      id: box.id,
      points: [
        [centre(box) + 24, WIDE.lane],
        [centre(box) + 24, bottom + 2],
      ],
      label: 'store',
      labelAt: [centre(box) + 24 + 23, bottom + 40],
    })),
  }
}

/** Draw the layers from top to bottom. */
export function drawTall(tiers: readonly string[]): Drawing {
  const way = passedBy(tiers)
  const boxes = LAYERS.map(({ id }, i): Box => {
    const passed = way.includes(id)
    const x = passed ? TALL.way : TALL.passedBy
    return { id, x, y: i * TALL.pitch + 2, width: TALL.box, height: TALL.height, passed }
  })
  const passed = boxes.filter((box) => box.passed)
  const line = TALL.way + TALL.box / 2
  const middle = ({ y, height }: Box) => y + height / 2
  const stub = (TALL.lane + TALL.way) / 2
  const [page] = passed

  return {
    width: TALL.width,
    height: LAYERS.length * TALL.pitch,
    boxes,
    requests: passed.slice(0, -1).map((box, i) => {
      const to = passed[i + 1] ?? box
      const from = box.y + box.height
      return {
        id: box.id,
        points: [
          [line, from],
          [line, to.y - 2],
        ],
        label: box === page ? '' : 'miss',
        labelAt: [line + 22, from + 20],
      }
    }),
    answers: passed.slice(1).map((box) => ({
      id: box.id,
      points: [
        [TALL.way, middle(box) - 14],
        [TALL.lane, middle(box) - 14],
        [TALL.lane, page ? middle(page) : 0],
        [TALL.way - 2, page ? middle(page) : 0],
      ],
      label: box.id === 'origin' ? 'answer' : 'hit',
      labelAt: [stub, middle(box) - 20],
    })),
    stores: passed.slice(1, -1).map((box) => ({
      id: box.id,
      points: [
        [TALL.lane, middle(box) + 18],
        [TALL.way - 2, middle(box) + 18],
      ],
      label: 'store',
      labelAt: [stub, middle(box) + 12],
    })),
  }
}
