import ts from 'typescript'

const { TypeFlags } = ts
const PLAIN = TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BigIntLike
const TEXT = PLAIN | TypeFlags.Any | TypeFlags.Unknown
const NOTHING = TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void | TypeFlags.BooleanLike
/** Elements whose text translators leave alone. */
const UNTRANSLATED = new Set(['code', 'pre', 'option', 'title', 'style', 'text', 'tspan', 'desc'])
/** A fix that writes a longer template than this is harder to read than elements. */
const LONGEST_TEMPLATE = 90

const partsOf = (type) => (type.isUnion() ? type.types.flatMap(partsOf) : [type])

/** The text that JSX makes of a text node: lines are trimmed and joined by spaces. */
function jsxText(value) {
  const lines = value.split('\n')
  return lines
    .map((line, i) => {
      const from = i === 0 ? line : line.trimStart()
      return i === lines.length - 1 ? from : from.trimEnd()
    })
    .filter((line) => line !== '')
    .join(' ')
}

const isSpace = ({ kind }) => kind === 'space'

/**
 * Requires that text which may change has an element to itself.
 *
 * A page translator replaces text nodes by elements of its own. React still holds the old nodes: it throws when it removes
 * one or inserts before one, and it updates one that is no longer shown. If an element's only child is text, React sets
 * the element's text and needs no node.
 */
export const textInOwnElement = {
  meta: {
    type: 'problem',
    fixable: 'code',
    schema: [],
    messages: {
      changing: 'Text that may change needs an element to itself: a page translator replaces text nodes.',
      before: 'This may be inserted before text, which a page translator replaces: wrap that text in an element.',
      fragment: 'Text of a fragment has no element to itself: use a span instead of the fragment.',
    },
  },
  create(context) {
    const { sourceCode } = context
    const services = sourceCode.parserServices
    const checker = services.program.getTypeChecker()
    const source = (node) => sourceCode.getText(node)

    /** How a value of this type may render: as text, as text alone, or as nothing or a list. */
    function rendered(type) {
      const parts = partsOf(type)
      return {
        text: parts.some(({ flags }) => flags & TEXT),
        plain: parts.every(({ flags }) => flags & PLAIN),
        node: parts.some(({ flags }) => flags & TypeFlags.Object),
        nothing: parts.some((part) => part.flags & NOTHING || checker.isArrayLikeType(part)),
      }
    }

    /** The same of an expression: an empty text before `&&` is not rendered. */
    function renderedBy(expression) {
      if (expression.type !== 'LogicalExpression' || expression.operator !== '&&') {
        return rendered(services.getTypeAtLocation(expression))
      }
      return { ...renderedBy(expression.right), plain: false, nothing: true }
    }

    function ofElement({ openingElement: { name } }) {
      if (name.type === 'JSXIdentifier' && /^[a-z]/.test(name.name)) return { kind: 'element' }
      const [signature] = services.getTypeAtLocation(name).getCallSignatures()
      const shown = signature && rendered(signature.getReturnType())
      // `ReactNode` as a return type says nothing about what is returned.
      return { kind: 'element', nothing: shown?.nothing && !shown.text }
    }

    function ofExpression(expression) {
      if (expression.type === 'JSXEmptyExpression') return undefined
      if (expression.type === 'Literal') {
        const value = String(expression.value)
        return { kind: value.trim() === '' ? 'space' : 'text', value }
      }
      const { text, plain, node, nothing } = renderedBy(expression)
      const isGiven = expression.type === 'Identifier' || expression.type === 'MemberExpression'
      // A node that was passed in: its text is checked where the node is made.
      if (isGiven && node) return { kind: 'element' }
      return { kind: text ? 'changing' : 'element', plain, nothing, expression }
    }

    function childOf(node) {
      if (node.type === 'JSXText') {
        const value = jsxText(node.value)
        return value === '' ? undefined : { node, kind: value.trim() === '' ? 'space' : 'text', value }
      }
      if (node.type === 'JSXElement') return { node, ...ofElement(node) }
      if (node.type !== 'JSXExpressionContainer') return { node, kind: 'element' }
      const child = ofExpression(node.expression)
      return child && { node, ...child }
    }

    /** The expression with an element around each text that it may give. */
    function wrapped(expression) {
      const { type } = expression
      if (type === 'JSXElement' || type === 'JSXFragment') return source(expression)
      if (type === 'Literal' && expression.value === '') return 'null'
      if (type === 'Literal' && /^[^\s{}<>&]([^{}<>&]*[^\s{}<>&])?$/.test(expression.value))
        return `<span>${expression.value}</span>`
      const { plain, text } = renderedBy(expression)
      const givesNothing =
        type === 'ConditionalExpression' &&
        [expression.consequent, expression.alternate].some(({ value }) => value === '')
      if (plain && !givesNothing) return `<span>{${source(expression)}}</span>`
      if (type === 'LogicalExpression' && expression.operator === '&&' && text) {
        return `(${source(expression.left)}) && ${wrapped(expression.right)}`
      }
      if (type === 'ConditionalExpression' && text) {
        const { test, consequent, alternate } = expression
        return `(${source(test)}) ? ${wrapped(consequent)} : ${wrapped(alternate)}`
      }
      return text ? `<span>{${source(expression)}}</span>` : source(expression)
    }

    const escaped = (text) => text.replace(/[\\`]|\$\{/g, '\\$&')
    const templated = ({ value, expression }) => {
      if (expression === undefined) return escaped(value)
      return expression.type === 'TemplateLiteral' ? source(expression).slice(1, -1) : `\${${source(expression)}}`
    }

    /** Gives the run of text around `child` an element, or its parent, to itself: as one template where that is short. */
    function* fixed(fixer, child, run, alone) {
      const first = run.findIndex((each) => !isSpace(each))
      const inner = run.slice(first, run.findLastIndex((each) => !isSpace(each)) + 1)
      const template = `\`${(alone ? run : inner).map(templated).join('')}\``
      const whole = inner.every(({ kind, plain }) => kind !== 'changing' || plain)
      if (inner.length > 1 && whole && template.length <= LONGEST_TEMPLATE) {
        const from = inner[0].node
        const [before = '', after = ''] = alone
          ? []
          : [
              from.type === 'JSXText' && /^\s/.test(inner[0].value) ? "{' '}" : '',
              inner.at(-1).node.type === 'JSXText' && /\s$/.test(inner.at(-1).value) ? "{' '}" : '',
            ]
        const content = alone ? template : `\`${inner.map(templated).join('').trim()}\``
        const range = alone
          ? [run[0].node.range[0], run.at(-1).node.range[1]]
          : [from.range[0], inner.at(-1).node.range[1]]
        yield fixer.replaceTextRange(range, alone ? `{${content}}` : `${before}<span>{${content}}</span>${after}`)
        return
      }
      const text = wrapped(child.expression)
      yield fixer.replaceText(child.node, text.startsWith('<') ? text : `{${text}}`)
    }

    function check(parent) {
      const children = parent.children.map(childOf).filter((child) => child !== undefined)
      if (parent.type === 'JSXFragment') {
        const first = children.find(({ kind }) => kind === 'text')
        if (first)
          context.report({
            node: first.node,
            messageId: 'fragment',
            *fix(fixer) {
              yield fixer.replaceText(parent.openingFragment, '<span>')
              yield fixer.replaceText(parent.closingFragment, '</span>')
            },
          })
        if (first) return
      } else {
        const { name } = parent.openingElement
        if (name.type === 'JSXIdentifier' && UNTRANSLATED.has(name.name)) return
        if (children.length < 2) return
      }
      children.forEach((child, at) => {
        if (child.kind === 'changing') {
          const isBoundary = (each) => each.kind === 'element'
          const from = children.slice(0, at).findLastIndex(isBoundary) + 1
          const end = children.findIndex((each, i) => i > at && isBoundary(each))
          const run = children.slice(from, end === -1 ? undefined : end)
          const alone = run.length === children.length && parent.type === 'JSXElement'
          context.report({ node: child.node, messageId: 'changing', fix: (fixer) => fixed(fixer, child, run, alone) })
          return
        }
        if (!child.nothing) return
        const next = children.slice(at + 1).find((each) => !isSpace(each) && !each.nothing)
        if (next?.kind === 'text') context.report({ node: child.node, messageId: 'before' })
      })
    }

    return { JSXElement: check, JSXFragment: check }
  },
}
