import type { RecordingDefinition } from './recording'

/**
 * The terminals of the course. To add one: its place here, then `npm run record -- <name>`. Each starts with an empty
 * lab. The one that needs a second app is the last, so that it takes no processor from those that measure.
 */
export const recordings = [
  {
    name: 'curl-miss-then-hit',
    title: 'The same request twice, within ten seconds',
    steps: [
      { command: "curl -i '{app}/api/slow-value?cache=memory&lab=terminal'", shows: 'memory; fwd=miss' },
      { command: "curl -i '{app}/api/slow-value?cache=memory&lab=terminal'", shows: 'memory; hit' },
    ],
  },
  {
    name: 'conditional-request',
    title: 'An answer, and the question whether it still holds',
    steps: [
      { command: "curl -i '{app}/api/public/config?cache=http&lab=terminal'", shows: 'etag:' },
      {
        command: "curl -i -H 'If-None-Match: {etag}' '{app}/api/public/config?cache=http&lab=terminal'",
        shows: '304 Not Modified',
      },
    ],
  },
  {
    name: 'hey-before-after',
    title: 'Thirty requests from five clients, before and after',
    steps: [
      { command: "hey -n 30 -c 5 '{app}/api/slow-value?cache=none&lab=terminal'", shows: 'Average:' },
      { command: "hey -n 30 -c 5 '{app}/api/slow-value?cache=memory&lab=terminal'", shows: 'Average:' },
    ],
  },
  {
    name: 'hey-thousand',
    title: 'A thousand requests from fifty clients',
    steps: [{ command: "hey -n 1000 -c 50 '{app}/api/tasks/1?cache=redis&lab=terminal'", shows: '99% in' }],
  },
  {
    name: 'wrk-connections',
    title: 'One, ten and fifty connections, all of them hits',
    steps: [
      { command: "curl -i '{app}/api/slow-value?cache=memory&ttl=600&lab=terminal'", shows: 'stored; ttl=600' },
      { command: wrk(1), shows: 'Requests/sec:' },
      { command: wrk(10), shows: 'Requests/sec:' },
      { command: wrk(50), shows: 'Requests/sec:' },
    ],
  },
  {
    name: 'redis-two-processes',
    title: 'Two processes: memory is each one’s own, Redis is everybody’s',
    steps: [
      { command: headersOf('{app}', 'memory'), shows: 'memory; fwd=miss' },
      { command: headersOf('{app}', 'memory'), shows: 'memory; hit' },
      { command: headersOf('{other}', 'memory'), shows: 'memory; fwd=miss' },
      { command: headersOf('{app}', 'redis'), shows: 'redis; fwd=miss' },
      { command: headersOf('{other}', 'redis'), shows: 'redis; hit' },
    ],
  },
] as const satisfies readonly RecordingDefinition[]

export type RecordingName = (typeof recordings)[number]['name']

/** Who answered, and what its cache had. */
function headersOf(address: string, strategy: string): string {
  return `curl -si '${address}/api/tasks/1?cache=${strategy}&lab=terminal' | grep -iE 'cache-status|x-worker'`
}

function wrk(connections: number): string {
  return `wrk -t 1 -c ${connections} -d 5s --latency '{app}/api/slow-value?cache=memory&ttl=600&lab=terminal'`
}
