import { createElement, Fragment } from 'react'

/** A sentence in which `ticks` mark code, as the table of problems has them. Its text may change: each part is an element. */
export function Ticked({ text }: { text: string }) {
  const parts = text.split('`').map((part, i) => createElement(i % 2 === 0 ? 'span' : 'code', null, part))
  // As arguments, and not as a list: the parts of a sentence have no keys.
  return createElement(Fragment, null, ...parts)
}
