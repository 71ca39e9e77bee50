import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import { writtenEvents } from '../../../tests/support/written-events.ts'
import { filterOf } from './choice.ts'

const time = { kind: 'any', first: '', last: '' } as const

test('a symbol, an order and one kind of event are asked for as they are', () => {
  const symbol = stockSymbol.parse('AAPL')
  expect(filterOf({ symbol, orderId: 'a1', kind: 'OrderFilled', time }, [])).toEqual({
    symbol: 'AAPL',
    streamPrefix: 'demo:order:a1',
    types: ['OrderFilled'],
  })
  expect(filterOf({ time }, ['OrderFilled'])).toEqual({})
})

test('a group asks for all of its events, also for those that did not occur yet', () => {
  const { types = [] } = filterOf({ kind: 'Safety', time }, [])
  expect(types).toEqual(expect.arrayContaining(['KillSwitchEngaged', 'LiveArmed', 'RiskLimitChanged']))
  expect(types.some((type) => type.startsWith('Order'))).toBe(false)
})

test('events that a newer Signal wrote are a group of their own', () => {
  const known = writtenEvents().map(({ type }) => type)
  expect(filterOf({ kind: 'Other', time }, [...known, 'MarginCallForeseen'])).toEqual({
    types: ['MarginCallForeseen'],
  })
})
