import { expect, test, vi } from 'vitest'
import { stockSymbol } from '#shared/units'
import { filterOf } from './audit-choice.ts'

vi.hoisted(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
})

const time = { kind: 'any', first: '', last: '' } as const

test('a symbol, an order and kinds of events are requested together', () => {
  const symbol = stockSymbol.parse('AAPL')
  const kind = { name: 'Orders', types: ['OrderFilled', 'OrderCanceled'] }
  expect(filterOf({ symbol, orderId: 'a1', kind, time })).toEqual({
    symbol: 'AAPL',
    streamPrefix: 'demo:order:a1',
    types: ['OrderFilled', 'OrderCanceled'],
  })
  expect(filterOf({ time })).toEqual({})
})
