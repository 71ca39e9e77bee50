import { expect, test } from 'vitest'
import { DEMO_KEYS, DEMO_MARKET, settingsFolder } from '../../../tests/support/settings-folder.ts'
import { demoAddressIn } from './index.ts'

const folder = settingsFolder()

test('keys in the environment make paper the default and override saved ones', () => {
  const environment = { ALPACA_API_KEY: 'PKENV00001234', ALPACA_API_SECRET: 'other-secret' }
  const store = folder.open(environment)
  expect(store.current().mode).toBe('paper')
  expect(store.view().credentials[0]).toMatchObject({ keyEndsWith: '1234', from: 'environment' })
  expect(store.alpacaEnvironment('paper')?.['ALPACA_WS_URL']).toBe('wss://stream.data.alpaca.markets/v2/iex')
})

test('half-set keys count as none, and a warning names the missing variable', () => {
  const { settings, warnings } = folder.open({ ALPACA_API_KEY: 'PKENV00001234' }).view()
  expect(settings.mode).toBe('demo')
  expect(warnings.join()).toMatch(/ALPACA_API_SECRET/)
})

test('a malformed address in the environment is reported with its variable', () => {
  const environment = { ALPACA_API_KEY: 'K', ALPACA_API_SECRET: 's', ALPACA_BASE_URL: 'not a url' }
  expect(folder.open(environment).view().warnings.join()).toMatch(/ALPACA_BASE_URL/)
})

test.each([
  [{ ALPACA_WS_URL: 'wss://stream.data.alpaca.markets/v2/iex' }],
  [{ ALPACA_DATA_URL: 'https://data.alpaca.markets' }],
])('a running demo market is used only if all its addresses lead to this machine: not with %j', (other) => {
  expect(demoAddressIn({ ...DEMO_MARKET, ...DEMO_KEYS })).toMatchObject(DEMO_MARKET)
  expect(demoAddressIn({ ...DEMO_MARKET, ...DEMO_KEYS, ...other })).toBeUndefined()
})
