/** What was asked for cannot be done as it was asked: its message is one line for the person who typed it. */
export class UsageError extends Error {
  override name = 'UsageError'
}
