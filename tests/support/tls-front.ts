import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'

/** A certificate and its key, as files. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

const openssl = (...args: readonly string[]) => execFileSync('openssl', [...args], { stdio: 'pipe' })

/** Makes an authority of its own. */
export function createAuthority(folder: string, name: string): Certificate {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)]
  const subject = ['-subj', `/CN=${name}`]
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    ...subject,
    '-keyout',
    key,
    '-out',
    cert,
  )
  return { cert, key }
}

/** A server's certificate for these names, such as `DNS:localhost`, signed by the authority; `days` may be negative. */
export function createCertificate(folder: string, by: Certificate, names: string, days = 2): Certificate {
  const base = join(folder, `server-${names.replaceAll(/\W/g, '-')}-${days}`)
  const [cert, key, request, extensions] = [`${base}.pem`, `${base}.key`, `${base}.csr`, `${base}.ext`]
  writeFileSync(extensions, `subjectAltName=${names}\n`)
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=server', '-keyout', key, '-out', request)
  const signed = ['-CA', by.cert, '-CAkey', by.key, '-CAcreateserial', '-extfile', extensions]
  openssl('x509', '-req', '-in', request, ...signed, '-days', String(days), '-out', cert)
  return { cert, key }
}

/** PostgreSQL's request for TLS: length 8, code 80877103. Source: PostgreSQL, "Message Formats", SSLRequest. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/**
 * Stands before a server that has no TLS and adds it; counts the connections that came without. `plain` answers
 * that there is none.
 */
export async function tlsFront(
  backend: { readonly host: string; readonly port: number },
  certificate: Certificate | 'plain',
): Promise<{ readonly port: number; plainConnections(): number; close(): Promise<void> }> {
  let plain = 0
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', (first) => {
      if (!first.equals(SSL_REQUEST)) {
        plain++
        return forward(socket, first)
      }
      if (certificate === 'plain') return void socket.end('N')
      socket.write('S')
      const secure = new TLSSocket(socket, {
        isServer: true,
        cert: readFileSync(certificate.cert),
        key: readFileSync(certificate.key),
      })
      secure.on('error', () => socket.destroy())
      forward(secure)
    })
  })
  function forward(client: Socket, first?: Buffer): void {
    const upstream = connect(backend)
    open.add(upstream)
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
    if (first !== undefined) upstream.write(first)
    client.pipe(upstream).pipe(client)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    plainConnections: () => plain,
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
