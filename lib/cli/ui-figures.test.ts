import { describe, expect, test } from 'vitest'
import { growth, pageFigures, percentile, taskCpuOf } from './ui-figures'

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)

  test.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [1, 100],
  ])('%d of 1 to 100 is %d', (share, value) => expect(percentile(hundred, share)).toBe(value))

  test('is one of the values, and none where there are none', () => {
    expect(percentile([16, 33], 0.5)).toBe(16)
    expect(percentile([], 0.5)).toBeNaN()
  })
})

test('frames and drawings are counted by the second, and gaps are not averaged', () => {
  const figures = pageFigures({
    durationMs: 2_000,
    longTasks: [51, 80],
    taskCpu: [5, 14, 1],
    frameGaps: [...Array.from({ length: 98 }, () => 16), 40, 120],
    eventDelays: [1, 2, 30],
    draws: 19,
  })
  expect(figures).toEqual({
    longTasks: 2,
    longestTask: 80,
    busiestTask: 14,
    busy: 0.01,
    frameGapP99: 40,
    frameGapMax: 120,
    frames: 50,
    eventDelayP50: 2,
    eventDelayP95: 30,
    draws: 9.5,
  })
})

test('a page without a long task has a longest task of 0', () => {
  const figures = pageFigures({
    durationMs: 1_000,
    longTasks: [],
    taskCpu: [],
    frameGaps: [16],
    eventDelays: [1],
    draws: 0,
  })
  expect(figures).toMatchObject({ longTasks: 0, longestTask: 0, busiestTask: 0 })
})

test('tasks are those of the main thread of the renderer that works', () => {
  const thread = (pid: number, tid: number, name: string) => ({
    name: 'thread_name',
    pid,
    tid,
    ph: 'M',
    args: { name },
  })
  const task = (pid: number, tid: number, tdur: number) => ({
    name: 'ThreadControllerImpl::RunTask',
    pid,
    tid,
    ph: 'X',
    tdur,
  })
  const trace = [
    thread(1, 1, 'CrBrowserMain'),
    thread(2, 1, 'CrRendererMain'),
    thread(3, 1, 'CrRendererMain'),
    task(1, 1, 90_000),
    task(2, 1, 1_000),
    task(3, 1, 14_000),
    task(3, 1, 250),
    task(3, 2, 80_000),
    { name: 'SimpleWatcher::OnHandleReady', pid: 3, tid: 1, ph: 'X', tdur: 60_000 },
  ]
  expect(taskCpuOf(trace)).toEqual([14, 0.25])
})

describe('growth', () => {
  test('is that of the last third over the first', () => {
    expect(growth([10, 10, 10, 11, 12, 13, 20, 20, 20])).toBe(2)
  })

  test('is not moved by one reading alone', () => {
    expect(growth([10, 10, 10, 10, 10, 10, 10, 10, 10, 30])).toBe(1)
  })

  test('is unknown below two readings', () => {
    expect(growth([10])).toBeNaN()
  })
})
