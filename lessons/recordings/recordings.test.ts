import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordings } from '.'
import { misfits, type Recording, recording, SHOWN } from './recording'

const FOLDER = 'lessons/recordings'

describe('recordings', () => {
  it.each(recordings.map((definition) => [definition.name, definition] as const))(
    '%s is there, and fits its definition',
    (name, definition) => {
      const made: unknown = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'))
      expect(misfits(definition, recording.parse(made)), 'run npm run record').toEqual([])
    },
  )

  it('are as many as there are files', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))
    expect(files.toSorted()).toEqual(recordings.map(({ name }) => `${name}.json`).toSorted())
  })

  it('name no address but the one that everybody has', () => {
    for (const { name } of recordings) {
      const text = readFileSync(join(FOLDER, `${name}.json`), 'utf8')
      const addresses = new Set(text.match(/https?:\/\/[\w.:]+/g))
      expect([...addresses].filter((each) => each !== SHOWN.app && each !== SHOWN.other)).toEqual([])
    }
  })
})

describe('misfits', () => {
  const definition = {
    name: 'a',
    title: 'A',
    steps: [{ command: "curl -H 'If-None-Match: {etag}' '{app}/x?y=1'", shows: '304' }],
  }
  const made = (command: string, output: string, title = 'A'): Recording => ({
    title,
    recordedAt: '2026-01-01T00:00:00Z',
    machine: '',
    tools: {},
    steps: [{ command, output, durationMs: 1 }],
  })
  const right = `curl -H 'If-None-Match: "abc"' 'http://127.0.0.1:3000/x?y=1'`

  it('finds none where a recording fits', () => {
    expect(misfits(definition, made(right, 'HTTP/1.1 304'))).toEqual([])
  })
  it('tells of another command, an answer that shows something else, another title, another number of steps', () => {
    expect(misfits(definition, made(`${right}z`, '304'))).toHaveLength(1)
    expect(misfits(definition, made(right.replace('y=1', 'y=2'), '304'))).toHaveLength(1)
    expect(misfits(definition, made(right, '200'))).toEqual(['the answer to step 1 does not show “304”'])
    expect(misfits(definition, made(right, '304', 'B'))).toHaveLength(1)
    expect(misfits({ ...definition, steps: [] }, made(right, '304'))).toHaveLength(1)
  })
  it.each([
    ["hey -n 30 -c 5 '{app}/x'", 'Average: 1\nStatus code distribution:\n  [200]\t30 responses', 0],
    ["hey -n 30 -c 5 '{app}/x'", 'Average: 1\nStatus code distribution:\n  [404]\t30 responses', 1],
    ["hey -n 30 -c 5 '{app}/x'", 'Average: 1\n  [200]\t29 responses\nError distribution:\n  [1]\tEOF', 1],
    ["wrk -t 1 -c 1 '{app}/x'", 'Average: 1\nRequests/sec: 12', 0],
    ["wrk -t 1 -c 1 '{app}/x'", 'Average: 1\n  Non-2xx or 3xx responses: 40', 1],
  ])('finds a load whose responses are no 200s: %s, %j', (command, output, count) => {
    const load = { name: 'a', title: 'A', steps: [{ command, shows: 'Average:' }] }
    expect(misfits(load, made(command.replace('{app}', SHOWN.app), output))).toHaveLength(count)
  })
})
