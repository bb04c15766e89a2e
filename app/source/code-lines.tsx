import type { ThemedToken } from 'shiki'

/** Highlighted lines. Marked ones carry the number of their note. */
export function CodeLines({
  lines,
  marks = new Map(),
}: {
  lines: readonly ThemedToken[][]
  marks?: ReadonlyMap<number, number>
}) {
  return (
    <code className="block w-max min-w-full text-[13.5px] leading-[1.75]">
      {lines.map((tokens, i) => {
        const mark = marks.get(i)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file at build never move
          <span key={i} className={`code-line ${mark === undefined ? '' : 'code-marked'}`} data-mark={mark}>
            {tokens.map((token, j) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <span key={j} style={{ color: token.color }}>
                {token.content}
              </span>
            ))}
            {'\n'}
          </span>
        )
      })}
    </code>
  )
}
