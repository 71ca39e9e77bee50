/** Names of this machine; a request to them does not leave it, so it needs no TLS. */
const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]'])

const readUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

const hasUser = ({ username, password }: URL): boolean => username !== '' || password !== ''

/** Whether this is an https address, without a user. */
export function isHttps(text: string): boolean {
  const url = readUrl(text)
  return url?.protocol === 'https:' && !hasUser(url)
}

/** Whether a notice may be asked for there: by https, or by http on this machine; without user, query and fragment. */
export function isNoticeAddress(text: string): boolean {
  const url = readUrl(text)
  if (url === undefined || hasUser(url) || /[?#]/.test(text)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && THIS_MACHINE.has(url.hostname))
}
