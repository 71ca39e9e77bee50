import { randomBytes, timingSafeEqual } from 'node:crypto'

/** The keys of the demo market's only account. Each start of a market makes its own. */
export interface DemoKeys {
  readonly key: string
  readonly secret: string
}

/** Whether these are the account's keys. */
export type KeyCheck = (key: unknown, secret: unknown) => boolean

/** Keys that nobody else on this machine can know. */
export const newDemoKeys = (): DemoKeys => ({
  key: `DEMO${randomBytes(8).toString('hex').toUpperCase()}`,
  secret: newSecret(),
})

/** A secret of 160 random bits, in hexadecimal. */
export const newSecret = (): string => randomBytes(20).toString('hex')

/** Checks keys against the account's. */
export const keyCheck =
  ({ key, secret }: DemoKeys): KeyCheck =>
  (givenKey, givenSecret) =>
    isSecret(givenKey, key) && isSecret(givenSecret, secret)

/** Compares in a time that says nothing about how much was right. */
export function isSecret(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
