/** The demo market's only account. Its keys open nothing else, so they are not secret. */
export const DEMO_KEY = 'DEMO0000000000000000'
export const DEMO_SECRET = 'demo-secret-of-the-demo-market'

export const areDemoKeys = (key: unknown, secret: unknown): boolean =>
  key === DEMO_KEY && secret === DEMO_SECRET
