import { describe, expect, it } from 'vitest'
import { command, hit, judge } from '../testing/evidence'
import { isBenchmark } from './command'
import { commandRecorded } from './command-recorded'

const check = commandRecorded({
  say: 'One benchmark command recorded',
  expects: 'a command of hey, wrk or k6',
  is: isBenchmark,
})

describe('a command that has to be recorded', () => {
  it('waits for one, and says that it is handed in', () => {
    expect(judge(check, hit(1))).toMatchObject({
      status: 'open',
      goals: [{ done: false, expects: 'a command of hey, wrk or k6', wants: 'command', mark: 'next' }],
    })
  })
  it('passes with one that fits', () => {
    const text = 'hey -n 1000 -c 50 http://127.0.0.1:3000/api/slow-value'
    expect(judge(check, command(text), command('ls'))).toMatchObject({
      status: 'passed',
      goals: [{ done: true, seen: text }],
    })
  })
  it('fails with another, and says which', () => {
    expect(judge(check, command('curl http://127.0.0.1:3000/api/slow-value'))).toMatchObject({
      status: 'failed',
      goals: [{ done: false, mark: 'broken' }],
      broken: {
        expected: 'a command of hey, wrk or k6',
        found: 'You recorded: curl http://127.0.0.1:3000/api/slow-value',
      },
    })
  })
})
