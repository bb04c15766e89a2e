import { once } from 'node:events'
import { connect } from 'node:net'

/** Sends bytes to a port of loopback; gives everything that comes back until the other side closes. */
export async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
  let all = ''
  socket.setEncoding('latin1').on('data', (more: string) => (all += more))
  socket.on('error', () => {})
  await once(socket, 'close')
  return all
}

/** Requests that no server of ours may end at, by what is odd about them: the bytes for a port. */
export const ODD_REQUESTS: Readonly<Record<string, (port: number) => string>> = {
  'a target of two slashes': (port) => request('GET //', port),
  'two slashes, from an <img> of another site': (port) =>
    request('GET //', port, 'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n'),
  'a method that Request refuses': (port) => request('TRACE /', port),
  'a method that nothing answers': (port) => request('PROPFIND /', port),
  'a request for a tunnel': (port) => request('CONNECT 127.0.0.1:1', port),
  'a full target without a host': (port) => request('GET http://', port),
  'a full target of another server': (port) => request('GET http://evil.test/', port),
  'a percent that stands alone': (port) => request('GET /%', port),
  'a Host of two words': () => request('GET /', 'a b'),
  'a Host that is half a bracket': () => request('GET /', '['),
  'a Host with a path': () => request('GET /', 'localhost/x'),
  'a Host that no URL takes': () => request('GET /', '1.2.3.4.5'),
  'no Host at all': () => 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
  'two Hosts': (port) => request('GET /', port, 'Host: localhost\r\n'),
  'a line that is not a request': () => 'hello\r\n\r\n',
  'a version that does not exist': () => 'GET / HTTP/9.9\r\n\r\n',
  'a chunk whose length is not a number': (port) =>
    request('POST /', port, 'Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n', 'zz\r\n'),
  'too many header fields': (port) => request('GET /', port, `X-Long: ${'a'.repeat(20_000)}\r\n`),
}

const request = (line: string, host: string | number, fields = '', body = '') =>
  `${line} HTTP/1.1\r\nHost: ${typeof host === 'number' ? `127.0.0.1:${host}` : host}\r\n${fields}Connection: close\r\n\r\n${body}`
