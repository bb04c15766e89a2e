/** The smallest cache there is: a dictionary, which keeps all that it was ever asked for. */
export function keepAll<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const notebook = new Map<string, T>()

  return async (key) => {
    const kept = notebook.get(key)
    if (kept !== undefined) return kept

    const answer = await ask(key)
    notebook.set(key, answer)
    return answer
  }
}
