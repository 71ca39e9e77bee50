/** A server's address, as URL reads it. */
interface ServerUrl {
  readonly hostname: string
  readonly searchParams: { get(name: string): string | null }
}

/**
 * How a connection to a server is protected. `this-machine`: it does not leave the computer, so nothing need be
 * encrypted; `tls`: encrypted, and only with the server that the certificate names;
 * `unencrypted`: it crosses a network as it is, because the user wants it so (sslmode=disable).
 */
export type DatabaseTransport = 'this-machine' | 'tls' | 'unencrypted'

/** The host of an address: a name, an IP address, or the folder of a socket. */
export const serverHostOf = ({ hostname, searchParams }: ServerUrl): string =>
  searchParams.get('host') ?? hostname.replace(/^\[(.*)\]$/, '$1')

/** Whether what is sent there never leaves this machine. */
const isThisMachine = (host: string): boolean =>
  host === '' || host.startsWith('/') || /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)

/** How a connection to that address is protected: by TLS, unless the host is this machine or the address says otherwise. */
export function transportOf(url: ServerUrl): DatabaseTransport {
  const mode = url.searchParams.get('sslmode')
  const isLocal = isThisMachine(serverHostOf(url))
  if (mode === 'disable') return isLocal ? 'this-machine' : 'unencrypted'
  return isLocal && mode === null && url.searchParams.get('sslrootcert') === null ? 'this-machine' : 'tls'
}
