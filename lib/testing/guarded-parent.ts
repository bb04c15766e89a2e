import { supervise } from '../cli/child'

/** A program that a test kills: it supervises a child in the folder given, prints the child's pid, and stays. */
const [folder = ''] = process.argv.slice(2)
const { match } = await supervise({
  name: 'child',
  command: () => ({ command: '/bin/sh', args: ['-c', 'echo "ready $$"; exec sleep 600'] }),
  ready: /^ready (\d+)$/,
  folder,
})
console.log(match[1])
setInterval(() => {}, 60_000)
