import { execFileSync } from 'node:child_process'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { readLoadOptions } from '../cli/load/options'
import { type Asked, type CommandLoad, commandOf, shellWord, TOOLS, type Tool } from './commands'

const asked: Asked = {
  url: 'http://127.0.0.1:3000/api/tasks/7?cache=redis&lab=a1',
  keyedUrl: 'http://127.0.0.1:3000/api/tasks/{n}?cache=redis&lab=a1',
}
const closed: CommandLoad = { mode: 'closed', requests: 1000, connections: 20, keys: { kind: 'one', seed: 1 } }
const open: CommandLoad = { mode: 'open', rate: 200, durationMs: 10_000, arrivals: 'poisson', connections: 20 }

const text = (tool: Tool, load: CommandLoad, of = asked) => commandOf(tool, load, of).text
const notes = (tool: Tool, load: CommandLoad, of = asked) => commandOf(tool, load, of).notes.join(' ')

/** What a real shell makes of a command: its words, each in a line. */
const words = (command: string) =>
  execFileSync('sh', ['-c', `show() { printf '%s\\n' "$@"; }; show ${command}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n')

/** Runs what a k6 script is made of, as far as that is plain JavaScript: its options, and the addresses that it asks. */
function k6(load: CommandLoad, of = asked, times = 0) {
  const [, script = ''] = /^k6 run - <<'K6'\n([\s\S]*)\nK6$/.exec(text('k6', load, of)) ?? []
  const body = script
    .replace(/^import .*$/gm, '')
    .replace('export const options', 'const options')
    .replace('export default () =>', 'const ask = () =>')
  const urls: string[] = []
  const scenario = { iterationInTest: 0 }
  const world = { http: { get: (url: string) => urls.push(url) }, exec: { scenario } }
  const { options, ask } = runInNewContext(`${body}; ({ options, ask })`, world) as {
    options: { scenarios: { load: object }; summaryTrendStats: string[]; thresholds?: object }
    ask(): void
  }
  for (let n = 0; n < times; n += 1) {
    scenario.iterationInTest = n
    ask()
  }
  // Of another realm: what its objects hold is what counts.
  return { options: structuredClone(options), urls }
}

describe('a closed loop', () => {
  it('is the same load in each of the tools', () => {
    expect(text('load', closed)).toBe(`npm run load -- '${asked.url}' -n 1000 -c 20`)
    expect(text('hey', closed)).toBe(`hey -n 1000 -c 20 '${asked.url}'`)
    expect(text('wrk', { ...closed, requests: undefined, durationMs: 5_000 })).toBe(
      `wrk -t1 -c20 -d5s --latency '${asked.url}'`,
    )
    expect(k6(closed, asked, 1)).toMatchObject({
      options: { scenarios: { load: { executor: 'shared-iterations', vus: 20, iterations: 1000 } } },
      urls: [asked.url],
    })
    for (const tool of ['load', 'hey', 'k6'] as const) expect(notes(tool, closed)).toBe('')
  })

  it('by time', () => {
    const byTime = { ...closed, requests: undefined, durationMs: 2_500 }
    expect(text('load', byTime)).toContain('--duration 2500ms -c 20')
    expect(text('hey', byTime)).toBe(`hey -z 2.5s -c 20 '${asked.url}'`)
    expect(k6(byTime).options.scenarios.load).toEqual({ executor: 'constant-vus', vus: 20, duration: '2500ms' })
  })

  it('says that wrk ends by time, and how many hey really sends', () => {
    expect(notes('wrk', closed)).toBe('wrk ends by time, not by requests: here after 10 s.')
    expect(notes('hey', { ...closed, requests: 1010, connections: 20 })).toBe(
      'hey sends 1000: as many to each connection.',
    )
    // hey refuses more connections than requests.
    expect(text('hey', { ...closed, requests: 5, connections: 20 })).toContain('hey -n 5 -c 5 ')
  })
})

describe('rules of k6', () => {
  it('has no more clients than requests', () => {
    expect(k6({ ...closed, requests: 3 }).options.scenarios.load).toMatchObject({ vus: 3, iterations: 3 })
    expect(k6({ ...closed, requests: 20 }).options.scenarios.load).toMatchObject({ vus: 20, iterations: 20 })
  })

  it('lasts a second at least, and says so', () => {
    const short = { requests: undefined, durationMs: 300 }
    for (const load of [
      { ...closed, ...short },
      { ...open, ...short },
      { ...open, durationMs: undefined, requests: 10 },
    ]) {
      expect(k6(load).options.scenarios.load).toMatchObject({ duration: '1000ms' })
      expect(notes('k6', load)).toContain('It takes no less than a second.')
    }
    expect(notes('k6', closed)).not.toContain('second')
  })

  it('prints the percentiles that a run has', () => {
    expect(k6(closed).options.summaryTrendStats).toEqual(expect.arrayContaining(['p(50)', 'p(95)', 'p(99)']))
  })
})

describe('an open loop', () => {
  it('keeps its rate where the tool can', () => {
    expect(text('load', open)).toBe(`npm run load -- '${asked.url}' --duration 10s -c 20 --rate 200`)
    expect(text('load', { ...open, arrivals: 'even' })).toContain('--arrivals even')
    expect(k6(open).options.scenarios.load).toEqual({
      executor: 'constant-arrival-rate',
      rate: 200,
      timeUnit: '1s',
      duration: '10000ms',
      preAllocatedVUs: 20,
      // Each request of ten seconds has a client.
      maxVUs: 2_000,
    })
    expect(k6({ ...open, rate: 2.5 }).options.scenarios.load).toMatchObject({ rate: 25, timeUnit: '10s' })
    expect(k6({ ...open, rate: 0.25 }).options.scenarios.load).toMatchObject({ rate: 25, timeUnit: '100s' })
    expect(k6({ ...open, rate: 0.1 }).options.scenarios.load).toMatchObject({ rate: 1, timeUnit: '10s', maxVUs: 20 })
    expect(k6({ ...open, rate: 50_000 }).options.scenarios.load).toMatchObject({ maxVUs: 10_020 })
    expect(text('hey', open)).toBe(`hey -z 10s -q 10 -c 20 '${asked.url}'`)
  })

  it('is said to be none where the tool has none', () => {
    expect(notes('hey', open)).toContain('hey has no open loop')
    expect(notes('wrk', open)).toContain('wrk has no open loop')
    expect(notes('hey', { ...open, rate: 33 })).toContain('That makes 40 requests/s.')
    expect(notes('k6', open)).toContain('evenly')
    expect(notes('load', open)).toBe('')
  })

  it('goes through stages in k6, and nowhere else', () => {
    const staged: CommandLoad = {
      ...open,
      durationMs: undefined,
      stages: [
        { rate: 400, durationMs: 5_000 },
        { rate: 400, durationMs: 3_000 },
      ],
    }
    expect(k6(staged).options.scenarios.load).toMatchObject({
      executor: 'ramping-arrival-rate',
      startRate: 200,
      stages: [
        { target: 400, duration: '5000ms' },
        { target: 400, duration: '3000ms' },
      ],
    })
    expect(text('load', staged)).toContain('--duration 8s')
    for (const tool of ['load', 'hey'] as const) expect(notes(tool, staged)).toContain('no stages')
  })
})

describe('keys', () => {
  const zipf: CommandLoad = { ...closed, keys: { kind: 'zipf', count: 50, s: 1.2, seed: 9 } }

  it('are drawn by our own command just as the run draws them', () => {
    expect(text('load', zipf)).toContain(`'${asked.keyedUrl}'`)
    expect(text('load', zipf)).toContain('--keys 50 --zipf 1.2 --seed 9')
    expect(text('load', { ...closed, keys: { kind: 'uniform', count: 50 } })).toMatch(/--keys 50$/)
  })

  it('are drawn by k6 in the same way', () => {
    const keys = (kinds: CommandLoad['keys'], times: number) =>
      k6({ ...closed, keys: kinds }, asked, times).urls.map((url) => Number(/tasks\/(\d+)\?/.exec(url)?.[1]))
    expect(keys({ kind: 'cycle', count: 3 }, 5)).toEqual([1, 2, 3, 1, 2])
    expect(keys({ kind: 'list', count: 9, list: [4, 0] }, 3)).toEqual([5, 1, 5])
    const inRange = (drawn: number[], count: number) => drawn.every((key) => key >= 1 && key <= count)
    const uniform = keys({ kind: 'uniform', count: 10 }, 500)
    expect(inRange(uniform, 10) && new Set(uniform).size === 10).toBe(true)
    const skewed = keys({ kind: 'zipf', count: 10, s: 2 }, 500)
    expect(inRange(skewed, 10)).toBe(true)
    expect(skewed.filter((key) => key === 1).length).toBeGreaterThan(230)
    const hot = keys({ kind: 'hotset', count: 100, hot: 5, share: 1, shift: 50 }, 100)
    expect(hot.slice(0, 50).every((key) => key <= 5)).toBe(true)
    expect(hot.slice(50).every((key) => key > 5 && key <= 10)).toBe(true)
  })

  it('are one where a tool knows one address, or keys are no numbers', () => {
    for (const tool of ['hey', 'wrk'] as const) {
      expect(text(tool, zipf)).toContain(asked.url)
      expect(notes(tool, zipf)).toContain('one address only')
    }
    for (const { id } of TOOLS) {
      expect(text(id, zipf, { url: asked.url })).toContain(asked.url)
      expect(notes(id, zipf, { url: asked.url })).toContain('For one key')
    }
  })
})

describe('thresholds', () => {
  const load = {
    ...closed,
    thresholds: ['p95 < 50 ms', 'p99 < 1 s', 'errors = 0', 'hitRate > 90 %', 'originCalls < 9'],
  }

  it('go along where the tool holds them, in its own words', () => {
    expect(k6(load).options.thresholds).toEqual({
      http_req_duration: ['p(95)<50', 'p(99)<1000'],
      http_req_failed: ['rate==0'],
    })
    expect(notes('k6', load)).toContain('Without the thresholds that k6 has no figure for.')
    expect(notes('hey', load)).toContain('Without the thresholds.')
  })

  it('come to our own command as they were written', () => {
    const argv = words(text('load', load).replace(/^npm run load -- /, ''))
    expect(readLoadOptions(argv, {} as NodeJS.ProcessEnv)).toMatchObject({
      thresholds: ['p95 < 50 ms', 'p99 < 1 s', 'errors = 0', 'hitRate > 90 %'],
      config: { requests: 1000, connections: 20 },
    })
    expect(notes('load', load)).toContain('origin calls')
  })
})

describe('what the tools lack', () => {
  it('is said: the HTTP cache of a client, a warm-up, writes', () => {
    const load = { ...closed, warmupMs: 1_000, writes: 0.1 }
    for (const { id, name } of TOOLS) {
      expect(notes(id, load, { ...asked, cached: true })).toContain(`${name} keeps no HTTP cache`)
      expect(notes(id, load)).toContain('It only reads.')
      if (id !== 'load') expect(notes(id, load)).toContain('Without the warm-up.')
    }
    expect(text('load', load)).toContain('--warmup 1s')
  })
})

describe('a shell', () => {
  const evil = 'http://127.0.0.1/a?b=\'$(touch /tmp/x)`id`"\\\nK6\n;&|{n}'

  it.each(['', 'a b', "it's", '$HOME', '`id`', 'a\nb', '*', '~', '\\', '"'])('takes %j as one word', (word) => {
    const shown = execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' })
    expect(shown).toBe(word)
  })

  it('finds nothing of its own in an address or in what was typed', () => {
    const load = { ...closed, connections: '1; rm -rf ~' as unknown as number, requests: '$(id)' as unknown as number }
    for (const tool of ['load', 'hey', 'wrk'] as const) {
      const shown = words(text(tool, load, { url: evil })).join('\n')
      expect(shown).toContain(evil)
      expect(shown).toContain('1; rm -rf ~')
    }
  })

  it('hands k6 the script as it is', () => {
    const load = { ...closed, connections: '1\nK6\nid' as unknown as number }
    const command = text('k6', load, { url: evil, keyedUrl: evil }).replace(/^k6 run -/, 'cat')
    const script = execFileSync('sh', ['-c', command], { encoding: 'utf8' })
    expect(script.trimEnd()).toBe(command.split('\n').slice(1, -1).join('\n'))
    expect(k6(load, { url: evil }, 1).urls).toEqual([evil])
  })
})
