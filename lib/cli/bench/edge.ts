import { supervise } from '../child'
import { nodeCommand } from '../node-command'
import { type FastServer, startNginx } from './fast-server'
import { load, MANY, median, ms, ONE, row, TURNS, times } from './measure'

/** What our shared cache costs a request, beside nginx as a cache in front of the same origin. */

/** Requests at once for an address that is not stored. */
const STAMPEDE = 200
/** Requests before the measured ones of a miss, for other addresses: both sides have warmed up by then. */
const WARM_UP = 400

interface Process {
  address: string
  stop(): Promise<void>
}

export async function sharedCaches(): Promise<void> {
  const origin = await start('cacheable-server.ts')
  const edge = await start('../edge.ts', '--origin', origin.address, '--port', '0')
  const nginx = await startCache(origin.address)
  try {
    if (!nginx) row('our shared cache against nginx', 'not measured', 'nginx is not installed')
    await costs(origin.address, edge.address, nginx)
    await stampedes(origin.address, edge.address, nginx?.address)
  } finally {
    await nginx?.stop()
    await edge.stop()
    await origin.stop()
  }
}

async function start(file: string, ...args: string[]): Promise<Process> {
  const { match, stop } = await supervise({
    name: file,
    command: () => nodeCommand(new URL(file, import.meta.url), ...args),
    ready: /(?:listens at |is at http:\/\/127\.0\.0\.1:)(\d+)/,
  })
  return { address: `http://127.0.0.1:${match[1]}`, stop }
}

/** nginx as a cache in memory's reach, with its own defaults below `/`, and one fetch at a time below `/slow/locked/`. */
function startCache(origin: string): Promise<FastServer | undefined> {
  const cached = 'proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_cache kept;'
  return startNginx(
    `location / { ${cached} } location /slow/locked/ { ${cached} proxy_cache_lock on; }`,
    (folder) =>
      `proxy_cache_path ${folder}/kept keys_zone=kept:10m max_size=64m;
       upstream origin { server ${new URL(origin).host}; keepalive 64; }`,
  )
}

/** What a hit and a miss take a client that asks alone, and how many hits ten clients get. */
async function costs(origin: string, edge: string, nginx: FastServer | undefined): Promise<void> {
  const sides = { origin, edge, nginx: nginx?.address ?? '' }
  type Side = keyof typeof sides
  const names = (Object.keys(sides) as Side[]).filter((side) => sides[side] !== '')
  const figures = () => Object.fromEntries(names.map((side) => [side, [] as number[]])) as Record<Side, number[]>
  const [hit, miss, rate] = [figures(), figures(), figures()]
  const fresh = (name: string, count: number) => Array.from({ length: count }, (_, nth) => `/${name}/${nth}`)
  /** Loads a server and proves by the calls of the origin that it answered from its store, or didn't. */
  const proved = async (
    side: Side,
    path: string | string[],
    kind: 'hit' | 'miss',
    config: Parameters<typeof load>[2],
  ) => {
    const before = await callsOf(origin)
    const measured = await load(sides[side], path, config)
    const calls = (await callsOf(origin)) - before
    // One call for what a cache hadn't stored before the first turn; the origin itself stores nothing.
    const wanted = side !== 'origin' && kind === 'hit' ? calls <= 1 : calls >= measured.requests
    if (!wanted) throw new Error(`${kind} on ${side}: ${calls} calls of the origin for ${measured.requests} requests`)
    return measured
  }
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const side of names) {
      const address = sides[side]
      hit[side].push((await proved(side, '/hit', 'hit', { ...ONE, warmupMs: 200 })).latencyMs.p50)
      await load(address, fresh(`warm-${turn}`, WARM_UP), { requests: WARM_UP, connections: 1, warmupMs: 0 })
      const paths = fresh(`miss-${turn}`, ONE.requests)
      miss[side].push((await proved(side, paths, 'miss', { ...ONE, warmupMs: 0 })).latencyMs.p50)
      rate[side].push((await proved(side, '/hit', 'hit', MANY)).throughput)
    }
  }
  const added = (figure: Record<Side, number[]>, side: Side) => median(figure[side]) - median(figure.origin)
  row('a hit of our shared cache, one connection, p50', ms(median(hit.edge)))
  row('what it adds to a miss, one connection, p50', ms(added(miss, 'edge')))
  if (!nginx) return
  row(`a hit of ${nginx.name}, one connection, p50`, ms(median(hit.nginx)))
  row(`what ${nginx.name} adds to a miss, one connection, p50`, ms(added(miss, 'nginx')))
  row('a hit, p50: our shared cache / nginx', times(median(hit.edge) / median(hit.nginx)), 'goal: at most 2 ×')
  row('added to a miss, p50: our shared cache / nginx', times(added(miss, 'edge') / added(miss, 'nginx')))
  row('throughput of hits, ten connections: our shared cache / nginx', times(median(rate.edge) / median(rate.nginx)))
}

/** Returns how many requests the origin has answered so far. */
async function callsOf(origin: string): Promise<number> {
  const calls = (await (await fetch(`${origin}/calls`)).json()) as Record<string, number>
  return Object.values(calls).reduce((sum, count) => sum + count, 0)
}

/** How often the origin is called by 200 requests at once for what is not stored. */
async function stampedes(origin: string, edge: string, nginx: string | undefined): Promise<void> {
  const rush = async (address: string, path: string): Promise<string> => {
    await load(address, path, { requests: STAMPEDE, connections: STAMPEDE, warmupMs: 0 })
    const calls = (await (await fetch(`${origin}/calls`)).json()) as Record<string, number>
    return String(calls[path] ?? 0)
  }
  const what = `origin calls of ${STAMPEDE} cold requests at once`
  row(`${what}: our shared cache`, await rush(edge, '/slow/edge'), 'goal: 1')
  if (!nginx) return
  row(`${what}: nginx by its defaults`, await rush(nginx, '/slow/nginx'))
  row(`${what}: nginx with proxy_cache_lock`, await rush(nginx, '/slow/locked/nginx'))
}
