import { connect } from 'node:net'

/**
 * Sends these bytes to a server on this machine, as no HTTP library would, and returns the status of the
 * answer; undefined if the connection ends without one.
 */
export async function rawStatus(port: number, request: string): Promise<number | undefined> {
  const answer = await new Promise<string>((resolve) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.end(request, 'latin1'))
    socket.on('data', (data) => {
      received += data.toString('latin1')
    })
    socket.on('error', () => undefined).on('close', () => resolve(received))
  })
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]
  return status === undefined ? undefined : Number(status)
}
