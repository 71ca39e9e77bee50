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

/** The address in the form that a driver takes. */
export function toUrl({ url, password }: ServerAddress): string {
  if (password === undefined) return url
  const whole = new URL(url)
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
