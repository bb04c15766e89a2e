import type { Page } from '@playwright/test'

interface Translated extends Window {
  misplaced: string[]
}

/**
 * Edits the page as a translator does, now and after each change: every text goes into elements of the translator's own.
 * @returns reads where React then looked for a text node that is gone.
 */
export async function translatePage(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const misplaced: string[] = []
    ;(window as unknown as Translated).misplaced = misplaced
    const isText = (node: Node) =>
      node.textContent?.trim() &&
      !node.parentElement?.closest('font, script, style, textarea, title, code, pre, option, svg, [translate=no]')
    const translate = () => {
      const texts: Node[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) if (isText(walker.currentNode)) texts.push(walker.currentNode)
      for (const text of texts) {
        const outer = document.createElement('font')
        const inner = outer.appendChild(document.createElement('font'))
        inner.textContent = text.nodeValue
        text.parentNode?.replaceChild(outer, text)
      }
    }
    translate()
    new MutationObserver(translate).observe(document.body, { childList: true, subtree: true, characterData: true })
    const noted = (parent: Node, child: Node | null) => {
      if (child && child.parentNode !== parent) misplaced.push(`${child.textContent} in ${parent.textContent}`)
    }
    const { insertBefore, removeChild } = Node.prototype
    Node.prototype.insertBefore = function <T extends Node>(this: Node, node: T, child: Node | null) {
      noted(this, child)
      return insertBefore.call(this, node, child) as T
    }
    Node.prototype.removeChild = function <T extends Node>(this: Node, child: T) {
      noted(this, child)
      return removeChild.call(this, child) as T
    }
  })
  return () => page.evaluate(() => (window as unknown as Translated).misplaced)
}
