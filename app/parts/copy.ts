/**
 * Copies a text to the clipboard. Resolves to whether it did: a browser may forbid it.
 *
 * Pages over plain HTTP from another machine have no `navigator.clipboard`. There the older way does, in which the text
 * has to be selected in the page.
 */
export async function copyText(text: string): Promise<boolean> {
  if ('clipboard' in navigator) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // Not allowed here; the older way may be.
    }
  }
  return copySelected(text)
}

function copySelected(text: string): boolean {
  const focused = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.readOnly = true
  area.tabIndex = -1
  // Where it's out of sight without a scroll to it.
  area.style.cssText = 'position:fixed;top:0;left:0;opacity:0'
  // Inside an open dialog: outside of it nothing can be selected.
  const within = focused?.closest('dialog') ?? document.body
  within.append(area)
  try {
    area.select()
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    area.remove()
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  }
}
