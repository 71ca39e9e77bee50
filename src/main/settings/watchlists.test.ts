import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import { settingsFolder } from '../../../tests/support/settings-folder.ts'

const folder = settingsFolder()
const symbols = (text: string) => stockSymbol.array().parse(text.split(' ').filter(Boolean))
const write = (file: object) => folder.write('settings.json', JSON.stringify(file))

test('a first start has one watchlist, and a settings file with symbols alone becomes one', () => {
  expect(folder.open().current()).toMatchObject({
    watchlist: 'Watchlist',
    watchlists: [{ name: 'Watchlist', symbols: expect.arrayContaining(['AAPL', 'IWM']) }],
  })
  write({ symbols: ['TSLA', 'AMD'] })
  expect(folder.open().current()).toMatchObject({
    symbols: ['TSLA', 'AMD'],
    watchlist: 'Watchlist',
    watchlists: [{ name: 'Watchlist', symbols: ['TSLA', 'AMD'] }],
  })
})

test('lists and the shown one are there after a restart, and the file still names the shown symbols', () => {
  const store = folder.open()
  const tech = { name: 'Tech', symbols: symbols('NVDA AMD') }
  store.save({ watchlists: [...store.current().watchlists, tech], watchlist: 'Tech' })
  store.save({ symbols: symbols('NVDA AMD CRM') })
  expect(folder.open().current()).toMatchObject({
    symbols: ['NVDA', 'AMD', 'CRM'],
    watchlist: 'Tech',
    watchlists: [{ name: 'Watchlist' }, { name: 'Tech', symbols: ['NVDA', 'AMD', 'CRM'] }],
  })
  expect(JSON.parse(folder.read('settings.json'))).toMatchObject({ symbols: ['NVDA', 'AMD', 'CRM'] })
})

test('symbols that another program wrote into the file count for the shown list, and other lists stay', () => {
  const [tech, funds] = [
    { name: 'Tech', symbols: ['NVDA'] },
    { name: 'Funds', symbols: ['SPY'] },
  ]
  write({ symbols: ['AMD'], watchlists: [tech, funds], watchlist: 'Funds' })
  expect(folder.open().current()).toMatchObject({
    symbols: ['AMD'],
    watchlist: 'Funds',
    watchlists: [tech, { name: 'Funds', symbols: ['AMD'] }],
  })
})

test('what is wrong with one list of the file is named, and the other lists are kept', () => {
  write({
    watchlists: [
      { name: 'Tech', symbols: ['NVDA', '12', 'brk-b'] },
      { name: 'tech', symbols: [] },
      { name: '', symbols: [] },
      { name: 'Empty', symbols: [] },
      'AAPL',
    ],
    watchlist: 'Gone',
  })
  const { settings, warnings } = folder.open().view()
  expect(settings).toMatchObject({
    symbols: ['NVDA', 'BRK.B'],
    watchlist: 'Tech',
    watchlists: [
      { name: 'Tech', symbols: ['NVDA', 'BRK.B'] },
      { name: 'Empty', symbols: [] },
    ],
  })
  expect(warnings.join('\n')).toMatch(
    /"Tech": Invalid symbol: 12.*\n.*"tech" .*twice.*\n.*"" needs a name.*\n.*Watchlist 5 /,
  )
})

test('of more lists than Signal keeps, the first are kept and the others named', () => {
  write({ watchlists: Array.from({ length: 51 }, (_, nth) => ({ name: `List ${nth + 1}`, symbols: [] })) })
  const { settings, warnings } = folder.open().view()
  expect(settings.watchlists).toHaveLength(50)
  expect(warnings).toEqual(['The watchlist "List 51" is one too many; skipped.'])
})

test('SIGNAL_SYMBOLS stands in for the shown list, which can neither change nor be lost', () => {
  write({ symbols: ['NVDA'], watchlists: [{ name: 'Tech', symbols: ['NVDA'] }], watchlist: 'Tech' })
  const store = folder.open({ SIGNAL_SYMBOLS: 'SPY' })
  expect(store.save({ symbols: symbols('AMD') })).toMatchObject({
    error: { kind: 'fixed', field: 'symbols' },
  })
  expect(store.save({ watchlists: [{ name: 'Chips', symbols: symbols('AMD') }] })).toMatchObject({
    value: { settings: { symbols: ['SPY'], watchlist: 'Chips' } },
  })
  expect(folder.open().current()).toMatchObject({ symbols: ['AMD'], watchlist: 'Chips' })
})

test('showing a list that does not exist is refused, and nothing changes', () => {
  const store = folder.open()
  expect(store.save({ watchlist: 'Energy', theme: 'dark' })).toEqual({
    ok: false,
    error: { kind: 'invalid', field: 'watchlist', message: 'There is no watchlist “Energy”.' },
  })
  expect(store.current()).toMatchObject({ watchlist: 'Watchlist', theme: 'system' })
})
