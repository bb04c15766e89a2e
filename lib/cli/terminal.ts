/** Milliseconds between two lines of progress where lines cannot be written over. */
const QUIET_MS = 2_000
const ERASE_LINE = '\r\u001b[K'

/** Ends one thing that was started. */
export type Closer = () => Promise<unknown>

/** What a start says on the terminal. */
export interface Terminal {
  say: (text: string) => void
  /** On standard error. */
  complain: (text: string) => void
  /** One service: its name, what it is, where it is, how long it took. */
  line: (name: string, kind: string, where: string, ms: number) => void
  /** How far something is that takes long. On a terminal the line is written over. */
  progress: (text: string) => void
}

export function terminal(out: NodeJS.WriteStream = process.stdout): Terminal {
  let lastProgress = 0
  const erase = () => out.isTTY && out.write(ERASE_LINE)
  const say = (text: string) => {
    erase()
    out.write(`${text}\n`)
  }
  return {
    say,
    complain(text) {
      erase()
      console.error(text)
    },
    line: (name, kind, where, ms) =>
      say(`${name.padEnd(24)} ${kind.padEnd(9)} ${where.padEnd(42)} ${(ms / 1000).toFixed(2).padStart(6)} s`),
    progress(text) {
      if (out.isTTY) {
        erase()
        out.write(text)
        return
      }
      if (Date.now() - lastProgress < QUIET_MS) return
      lastProgress = Date.now()
      say(text)
    },
  }
}
