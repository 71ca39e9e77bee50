/** A server's address, with its password separate. */
export interface ServerAddress {
  /** postgres://user@host:port/name. */
  readonly url: string
  readonly password?: string
}

/**
 * Separates the password from an address, wherever it is in it; undefined if it is not a server's address.
 */
export function readAddress(text: string): ServerAddress | undefined {
  if (!/^postgres(ql)?:\/\//i.test(text)) return undefined
  const url = parsed(text)
  if (url === undefined) return undefined
  const password = decoded(url.password) || url.searchParams.get('password')
  url.password = ''
  url.searchParams.delete('password')
  return { url: url.href, ...(password && { password }) }
}

/** The address in the form that a driver takes; one that cannot be read stays as it is, for the driver to refuse. */
export function toUrl({ url, password }: ServerAddress): string {
  const whole = parsed(url)
  if (password === undefined || whole === undefined) return url
  // Encoded here: URL leaves a percent sign as it is, and a driver would decode it.
  whole.password = encodeURIComponent(password)
  return whole.href
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
