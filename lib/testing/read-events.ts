/** One server-sent event, its data parsed. */
export interface ReadEvent {
  event: string
  id?: string
  data: unknown
}

/** Read an event stream in a test: `next` waits for the next event of a name, passing over others. */
export function readEvents(response: Response) {
  if (!response.body) throw new Error('the answer has no body')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''

  async function any(): Promise<ReadEvent | undefined> {
    for (let end = text.indexOf('\n\n'); end < 0; end = text.indexOf('\n\n')) {
      const { value, done } = await reader.read()
      if (done) return undefined
      text += value
    }
    const end = text.indexOf('\n\n')
    const fields = new Map(
      text
        .slice(0, end)
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const),
    )
    text = text.slice(end + 2)
    return {
      event: fields.get('event') ?? 'message',
      id: fields.get('id'),
      data: JSON.parse(fields.get('data') ?? 'null'),
    }
  }

  return {
    any,
    /** Rejects when the stream ends first. */
    async next(name: string): Promise<ReadEvent> {
      for (let event = await any(); event; event = await any()) if (event.event === name) return event
      throw new Error(`the stream ended before ${name}`)
    },
    close: () => reader.cancel(),
  }
}
