import { expect, test } from 'vitest'
import { alpacaConfig } from './config.ts'
import { foreignHosts } from './hosts.ts'

const hostsOf = (addresses: Record<string, string>) =>
  foreignHosts(alpacaConfig({ ALPACA_API_KEY: 'PKTEST', ALPACA_API_SECRET: 'sesame', ...addresses }))

test('Alpaca’s own hosts are not foreign, in whatever spelling', () => {
  expect(hostsOf({})).toEqual([])
  expect(hostsOf({ ALPACA_BASE_URL: 'https://API.alpaca.markets:443/v2/' })).toEqual([])
  expect(hostsOf({ ALPACA_WS_URL: 'wss://stream.data.alpaca.markets/v2/sip' })).toEqual([])
})

test.each([
  [{ ALPACA_BASE_URL: 'http://127.0.0.1:8000' }, '127.0.0.1:8000'],
  [{ ALPACA_BASE_URL: 'https://api.alpaca.markets.evil.example' }, 'api.alpaca.markets.evil.example'],
  [{ ALPACA_BASE_URL: 'https://api.alpaca.markets.' }, 'api.alpaca.markets.'],
  [{ ALPACA_BASE_URL: 'https://api.alpaca.markets:8443' }, 'api.alpaca.markets:8443'],
  [{ ALPACA_BASE_URL: 'https://data.alpaca.markets' }, 'data.alpaca.markets'], // no trading host
  [{ ALPACA_BASE_URL: 'https://аpi.alpaca.markets' }, 'xn--pi-6kc.alpaca.markets'], // a Cyrillic letter
  [{ ALPACA_DATA_URL: 'https://proxy.example' }, 'proxy.example'],
  [{ ALPACA_DATA_URL: 'https://data.sandbox.alpaca.markets' }, 'data.sandbox.alpaca.markets'],
  [{ ALPACA_WS_URL: 'wss://stream.example/v2/iex' }, 'stream.example'],
  [{ ALPACA_WS_URL: 'ws://[::1]:8000/v2/sip' }, '[::1]:8000'],
])('%j is a foreign host', (addresses, host) => {
  expect(hostsOf(addresses)).toEqual([host])
})

test('each host is named once', () => {
  const market = {
    ALPACA_BASE_URL: 'http://localhost:8000',
    ALPACA_DATA_URL: 'http://localhost:8000',
    ALPACA_WS_URL: 'ws://localhost:8000/v2/iex',
  }
  expect(hostsOf(market)).toEqual(['localhost:8000'])
})
