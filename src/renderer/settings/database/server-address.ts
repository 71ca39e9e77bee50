const SERVER = /^postgres(?:ql)?:\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)/i

/** Host and parameters of an address. By hand: Chromium knew no hosts in such addresses before version 130. */
export const addressParts = (url: string) => ({
  hostname: SERVER.exec(url)?.[1] ?? '',
  searchParams: new URLSearchParams(url.split('?')[1]),
})

/** The address with, or without, consent to a connection without encryption. */
export function withConsent(url: string, isGiven: boolean): string {
  const { searchParams } = addressParts(url)
  if (isGiven) searchParams.set('sslmode', 'disable')
  else searchParams.delete('sslmode')
  const [base = ''] = url.split('?')
  const query = searchParams.toString()
  return query === '' ? base : `${base}?${query}`
}
