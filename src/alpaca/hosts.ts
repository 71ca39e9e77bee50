import type { AlpacaConfig } from './config.ts'

/** Alpaca's own hosts by what they serve, over TLS on its standard port. Source: Alpaca's API documentation, 2026. */
const OWN_HOSTS = {
  baseUrl: ['api.alpaca.markets', 'paper-api.alpaca.markets'],
  dataUrl: ['data.alpaca.markets'],
  wsUrl: ['stream.data.alpaca.markets'],
} as const

type Addresses = Pick<AlpacaConfig, keyof typeof OWN_HOSTS>

/** The host of an address if it isn't Alpaca's own: `name`, or `name:port`. */
export function foreignHost(config: Addresses, address: keyof Addresses): string | undefined {
  const { host } = new URL(config[address])
  const own: readonly string[] = OWN_HOSTS[address]
  return own.includes(host) ? undefined : host
}

/** All hosts of a config that aren't Alpaca's own, each once. */
export function foreignHosts(config: Addresses): readonly string[] {
  const hosts = (['baseUrl', 'dataUrl', 'wsUrl'] as const).map((address) => foreignHost(config, address))
  return [...new Set(hosts.filter((host) => host !== undefined))]
}
