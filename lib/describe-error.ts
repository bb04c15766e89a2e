/** Causes that are followed: more would be a circle. */
const CAUSES = 5
/** SQLSTATE class of data that Postgres refused: these messages quote the data. */
const DATA_EXCEPTION = /^22/

/**
 * Describes an error and its causes for the terminal: names, codes, statements, and stacks. No value of a statement is
 * in it, because those are the learner's secret and texts: Drizzle puts them into its message, and Postgres quotes them
 * in its details.
 */
export function describeError(error: unknown): string {
  const described: string[] = []
  for (let each = error; each !== undefined && described.length < CAUSES; each = causeOf(each)) {
    described.push(each instanceof Error ? `${reasonOf(each)}${framesOf(each)}` : `A thrown ${typeof each}`)
  }
  return described.join('\nCaused by: ')
}

/** What went wrong, in one line without any value of a statement: the reason of the innermost cause. */
export function innermostReason(error: unknown): string {
  let innermost = error
  for (let depth = 0; depth < CAUSES && causeOf(innermost) !== undefined; depth += 1) innermost = causeOf(innermost)
  return innermost instanceof Error ? reasonOf(innermost) : `A thrown ${typeof innermost}`
}

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined)

function reasonOf(error: Error): string {
  // By their fields, not by their classes: a bundle has copies of the classes.
  if ('query' in error && 'params' in error) return `${error.name}: this statement failed: ${String(error.query)}`
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  const quotes = 'severity' in error && 'code' in error && DATA_EXCEPTION.test(String(error.code))
  return quotes ? `${error.name}${code}` : `${error.name}${code}: ${error.message}`
}

/** The frames of a stack, without the message that comes before them. */
function framesOf({ stack = '', message }: Error): string {
  const at = stack.indexOf(message)
  return at === -1 ? '' : stack.slice(at + message.length)
}
