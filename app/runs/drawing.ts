import { framedSvg, type LegendEntry } from './svg'

/** A drawing on the page, taken off it as a file. In a browser alone. */

/** What an element looks like, by the names of attributes that any reader of SVG knows. */
const LOOKS = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const
/** What stays of the attributes, besides these: where things are. */
const PLACES = new Set(
  'd x y x1 x2 y1 y2 dx dy cx cy r rx ry width height viewBox points transform xmlns offset clip-path id'.split(' '),
)

/** What is written around a drawing. */
export interface Frame {
  title: string
  legend: readonly LegendEntry[]
  notes?: readonly string[]
}

/**
 * The first drawing in an element as an SVG file, always in the light theme: files are for documents and for paper.
 * Undefined where nothing is drawn yet.
 */
export function svgOf(element: Element, { title, legend, notes }: Frame): string | undefined {
  const source = element.querySelector('svg')
  if (!source) return undefined
  const { width, height } = source.getBoundingClientRect()
  if (width === 0) return undefined
  const stage = document.createElement('div')
  // Our colours are `light-dark()`, which asks the element that uses them.
  stage.style.cssText = 'position:absolute;left:-9999px;top:0;color-scheme:light;pointer-events:none'
  const copy = source.cloneNode(true) as SVGSVGElement
  stage.append(copy)
  document.body.append(stage)
  try {
    const all = [copy, ...copy.querySelectorAll('*')]
    // First read, then write: what is written changes what is read of children.
    const looks = all.map((each) => {
      const style = getComputedStyle(each)
      return LOOKS.map((name) => [name, style.getPropertyValue(name)] as const)
    })
    for (const [i, each] of all.entries()) {
      for (const { name } of [...each.attributes]) if (!PLACES.has(name)) each.removeAttribute(name)
      for (const [name, value] of looks[i] ?? []) if (value !== '') each.setAttribute(name, value)
    }
    copy.setAttribute('width', String(width))
    copy.setAttribute('height', String(height))
    const colored = (color: string) => {
      const probe = document.createElement('i')
      probe.style.color = color
      stage.append(probe)
      return getComputedStyle(probe).color
    }
    return framedSvg({
      title,
      legend: legend.map((entry) => ({ ...entry, stroke: colored(entry.stroke) })),
      notes,
      drawing: new XMLSerializer().serializeToString(copy),
      width: Math.round(width),
      height: Math.round(height),
      colors: { paper: colored('var(--panel)'), ink: colored('var(--ink)'), quiet: colored('var(--ink-2)') },
    })
  } finally {
    stage.remove()
  }
}

/** Pixels of the picture for each of the drawing: sharp in a document and on a fine screen. */
const SCALE = 2

/** An SVG file as a picture. Rejects where the browser cannot draw it. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image()
  // Not a blob's address, which the Content-Security-Policy does not allow as a picture.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * SCALE
  canvas.height = image.naturalHeight * SCALE
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png')
  })
}
