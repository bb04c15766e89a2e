/** Components that stand in running text. */
const INLINE = new Set(['Claim', 'Term'])

const isInline = (node) =>
  node.type === 'mdxJsxFlowElement' && INLINE.has(node.name) && node.children.every(({ type }) => type !== 'paragraph')

/** Whether `next` continues the paragraph of `before`: no blank line parts them. */
const continues = (before, next) => next.position.start.line - before.position.end.line <= 1

/**
 * A remark plugin that keeps a paragraph of claims and terms a paragraph. MDX takes a paragraph that holds elements alone for
 * blocks: it drops the paragraph, and the spaces between its elements with it.
 */
export default function remarkInlineElements() {
  return function restore(parent) {
    const children = []
    for (const node of parent.children ?? []) {
      if (!isInline(node)) {
        restore(node)
        children.push(node)
        continue
      }
      node.type = 'mdxJsxTextElement'
      const paragraph = children.at(-1)
      if (paragraph?.restored && continues(paragraph, node)) {
        const gap = paragraph.position.end.offset < node.position.start.offset
        if (gap) paragraph.children.push({ type: 'text', value: ' ' })
        paragraph.children.push(node)
        paragraph.position.end = node.position.end
      } else {
        children.push({ type: 'paragraph', restored: true, children: [node], position: { ...node.position } })
      }
    }
    if (parent.children) parent.children = children
  }
}
