import type { AccountKind, Credentials } from '#shared/settings'
import { alpacaConfig, foreignHost, foreignHosts, hasCredentials } from '#alpaca'
import type { Environment } from './environment.ts'
import { messageOf } from './json-file.ts'

const BASE_URL: Readonly<Record<AccountKind, Environment>> = {
  paper: { ALPACA_BASE_URL: 'https://paper-api.alpaca.markets' },
  live: { ALPACA_BASE_URL: 'https://api.alpaca.markets' },
}

/** A variable that holds a key or a secret, by the naming of Alpaca's SDKs. */
const KEY_VARIABLE = /^(ALPACA|APCA)_.*(KEY|SECRET)/

/** Alpaca's addresses from the environment: a proxy, or a server on this machine. */
export const addressesIn = (environment: Environment): Environment =>
  Object.fromEntries(
    Object.entries(environment).filter(([name, url]) => /^ALPACA_(BASE|DATA|WS)_URL$/.test(name) && url),
  )

/**
 * Adds the addresses to use the keys at: those given, except for Alpaca's trading host of the other account, because
 * paper keys must never be tried on real money or the other way around.
 */
export function withAddresses(account: AccountKind, keys: Credentials, addresses: Environment): Environment {
  const pair = { ALPACA_API_KEY: keys.apiKey, ALPACA_API_SECRET: keys.apiSecret }
  const asked = { ...BASE_URL[account], ...addresses, ...pair }
  const config = alpacaConfig(asked)
  const isOther = config.isPaper !== (account === 'paper') && foreignHost(config, 'baseUrl') === undefined
  return isOther ? { ...asked, ...BASE_URL[account] } : asked
}

/** The hosts other than Alpaca's own to which the environment leads; none while an address is malformed. */
export function foreignHostsIn(environment: Environment): readonly string[] {
  try {
    const keys = { ALPACA_API_KEY: 'none', ALPACA_API_SECRET: 'none' }
    return foreignHosts(alpacaConfig({ ...addressesIn(environment), ...keys }))
  } catch {
    return []
  }
}

/**
 * Whose keys the environment holds, if any. Half-set keys and malformed addresses are reported, and count as
 * none.
 */
export function readAlpacaVariables(environment: Environment): {
  readonly account?: AccountKind
  readonly keyEndsWith?: string
  readonly warnings: readonly string[]
} {
  const touched = Object.entries(environment).some(([name, value]) => KEY_VARIABLE.test(name) && value)
  if (!touched) return { warnings: [] }
  try {
    const { apiKey, isPaper } = alpacaConfig(environment)
    return { account: isPaper ? 'paper' : 'live', keyEndsWith: apiKey.slice(-4), warnings: [] }
  } catch (cause) {
    return { warnings: [`API keys from the environment aren’t used: ${messageOf(cause)}`] }
  }
}

/**
 * The address of a demo market that already runs on this machine, such as one started with `npm run
 * demo-market`: if the environment has Alpaca's addresses and all three lead here. Demo mode then uses that one
 * instead of its own.
 */
export function demoAddressIn(environment: Environment): Environment | undefined {
  const address = environment['ALPACA_BASE_URL']
  if (!address || !hasCredentials(environment)) return undefined
  try {
    const { baseUrl, dataUrl, wsUrl } = alpacaConfig(environment)
    return [baseUrl, dataUrl, wsUrl].every((url) => isLoopback(new URL(url))) ? environment : undefined
  } catch {
    return undefined
  }
}

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
