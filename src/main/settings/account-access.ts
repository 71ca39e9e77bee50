import type { AccountKind, Credentials, ForeignHosts } from '#shared/settings'
import { alpacaConfig, AlpacaConfigError, foreignHost, foreignHosts, type AlpacaConfig } from '#alpaca'
import { addressesIn, withAddresses } from './alpaca-variables.ts'
import type { Environment } from './environment.ts'

/** How an account is reached: the variables for it, or why its keys are sent nowhere. */
export interface AccountAccess {
  /** Makes up an Alpaca config; absent while the account stays closed. */
  readonly variables?: Environment
  /** The hosts that aren't Alpaca's own; absent if there are none. */
  readonly hosts?: ForeignHosts
  /** Why it stays closed although it has keys, and what to do. */
  readonly problem?: string
}

interface AccessOptions {
  readonly account: AccountKind
  readonly environment: Environment
  /** The stream of the chosen feed, if the environment names none. */
  readonly stream: Environment
  /** `environment`: the keys come from there, as do the hosts, so the user named both. */
  readonly keys: Credentials | 'environment' | undefined
  readonly isConfirmed: (host: string) => boolean
}

/** Stands in for keys where only the addresses are asked about. */
const NO_KEYS: Credentials = { apiKey: 'none', apiSecret: 'none' }

/**
 * Decides where an account's keys may go. Live: to Alpaca's own hosts alone. Paper: to a trading host of simulated money
 * alone, and saved keys to a foreign host only after the user confirmed that very host; keys of the environment go where
 * the environment says.
 */
export function accountAccess(options: AccessOptions): AccountAccess {
  const { account, environment, stream, keys, isConfirmed } = options
  const fromEnvironment = keys === 'environment'
  let variables: Environment
  let config: AlpacaConfig
  try {
    variables = fromEnvironment
      ? { ...environment, ...stream }
      : withAddresses(account, keys ?? NO_KEYS, { ...stream, ...addressesIn(environment) })
    config = alpacaConfig(variables)
  } catch (cause) {
    if (!(cause instanceof AlpacaConfigError)) throw cause
    return { problem: `The environment's addresses can't be used: ${cause.problems.join('; ')}.` }
  }
  const names = foreignHosts(config)
  const hostsAre = (state: ForeignHosts['state']) => names.length > 0 && { hosts: { names, state } }
  const list = names.join(' and ')
  if (account === 'live') {
    const extra = addsCertificates(environment)
    const problem =
      names.length > 0
        ? `Live trading uses Alpaca's own hosts only, but the environment leads to ${list}. Unset ${addressVariables(environment)} and restart.`
        : extra
          ? `Live trading trusts built-in certificates only, but ${extra} adds others. Unset it and restart.`
          : undefined
    if (problem !== undefined) return { ...hostsAre('refused'), ...(keys && { problem }) }
  } else if (!config.isPaper) {
    const problem = `ALPACA_BASE_URL leads the paper account to ${foreignHost(config, 'baseUrl')}. Paper trading uses paper-api.alpaca.markets or a server on this computer only. Unset ALPACA_BASE_URL and restart.`
    return { ...hostsAre('refused'), ...(keys && { problem }) }
  } else if (!fromEnvironment && !names.every(isConfirmed)) {
    const problem = `The environment leads the paper account to ${list}, which isn't Alpaca's. Your keys aren't sent there until you confirm it in Settings; or unset ${addressVariables(environment)} and restart.`
    return { ...hostsAre('unconfirmed'), ...(keys && { problem }) }
  }
  return { ...hostsAre('used'), ...(keys && { variables }) }
}

/** The variable by which Node trusts certificate authorities besides its own. Source: Node.js, "Environment variables". */
function addsCertificates(environment: Environment): string | undefined {
  if (environment['NODE_EXTRA_CA_CERTS']) return 'NODE_EXTRA_CA_CERTS'
  return environment['NODE_USE_SYSTEM_CA'] === '1' ? 'NODE_USE_SYSTEM_CA' : undefined
}

const addressVariables = (environment: Environment): string =>
  Object.keys(addressesIn(environment)).sort().join(', ')
