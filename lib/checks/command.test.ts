import { describe, expect, it } from 'vitest'
import { commandOf, isBenchmark, isTuning, usesTool } from './command'

const tool = (text: string) => {
  const known = commandOf(text)
  return known && `${known.purpose}: ${known.tool}`
}

describe('what a command is', () => {
  it.each([
    ['hey -n 1000 -c 50 http://127.0.0.1:3000/api/slow-value', 'benchmark: hey'],
    ['$ hey -n 1000 -c 50 "http://127.0.0.1:3000/api/slow-value?cache=redis&ttl=10"', 'benchmark: hey'],
    ['wrk -t2 -c50 -d10s --latency http://localhost:3000/', 'benchmark: wrk'],
    ['/usr/local/bin/wrk -t2 \\\n  -c50 http://localhost:3000/', 'benchmark: wrk'],
    ['ab -n 100 -c 10 127.0.0.1:3000/api/slow-value', 'benchmark: ab'],
    ['npx --yes autocannon -c 10 localhost:3000', 'benchmark: autocannon'],
    ['k6 run --vus 50 script.js', 'benchmark: k6'],
    ['npm run load -- slow-value -n 1000 -c 50', 'benchmark: npm run load'],
    ['cd app && time hey http://127.0.0.1:3000/', 'benchmark: hey'],
    ['uvicorn app.main:app --workers 4 --loop uvloop --http httptools', 'tuning: uvicorn'],
    ['python -m uvicorn app.main:app --loop=uvloop', 'tuning: uvicorn'],
    ['gunicorn -w 4 -k uvicorn.workers.UvicornWorker app.main:app', 'tuning: gunicorn'],
    ['node --max-old-space-size=4096 server.js', 'tuning: node'],
    ['UV_THREADPOOL_SIZE=8 npm start', 'tuning: node'],
    ['NODE_OPTIONS="--max-semi-space-size=64" npm start', 'tuning: node'],
  ])('%s', (text, known) => expect(tool(text)).toBe(known))

  it.each([
    [''],
    ['hey'],
    ['hey -n 1000 -c 50'],
    ['hey --help'],
    ['k6 version'],
    ['npm run load'],
    ['npm run bench'],
    ['curl http://127.0.0.1:3000/api/slow-value'],
    ['echo hey http://127.0.0.1:3000/'],
    ['I ran hey against http://127.0.0.1:3000/'],
    ['uvicorn app.main:app --reload'],
    ['pip install uvloop'],
    ['echo uvicorn app.main:app --workers 4'],
    ['node server.js --max-old-space-size=4096'],
    ['UV_THREADPOOL_SIZE=8'],
  ])('is neither: %s', (text) => expect(tool(text)).toBeUndefined())

  it('is asked for by purpose or by tool', () => {
    expect([isBenchmark('hey localhost:1'), isTuning('hey localhost:1')]).toEqual([true, false])
    expect([isBenchmark('uvicorn a:b --workers 4'), isTuning('uvicorn a:b --workers 4')]).toEqual([false, true])
    expect([usesTool('hey', 'wrk')('wrk localhost:1'), usesTool('hey', 'wrk')('ab localhost:1')]).toEqual([true, false])
  })
})
