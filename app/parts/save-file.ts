/** Hand a file to the reader. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Released when the click has been handled: some browsers read it only then.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}

/** The same of a text. */
export const saveText = (name: string, type: string, text: string): void =>
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }))
