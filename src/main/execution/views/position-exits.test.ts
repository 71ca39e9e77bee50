import { expect, test } from 'vitest'
import { acceptedAs, asked, filledBy, openedAccountState, plain } from '../../../../tests/support/recorded.ts'
import { AAPL, p } from '../../../../tests/support/risk-context.ts'
import type { OrderEvent } from '../state/index.ts'
import { exitsOf } from './position-exits.ts'

/** Ten AAPL bought at $100.00, or sold short. */
function held(side: 'buy' | 'sell' = 'buy') {
  const { accountState, writer } = openedAccountState()
  const write = (id: string, ...events: readonly OrderEvent[]) =>
    void writer.write(accountState, `order:${id}`, ...events)
  write('entry', asked({ side }), acceptedAs('ex-entry'), filledBy('OrderFilled', '10', '100'))
  const exits = () => {
    const holding = accountState.holdings.get(AAPL)
    if (holding === undefined) throw new Error('it was bought')
    return exitsOf(holding, accountState)
  }
  return { write, exits, ids: () => exits().map(({ orderId }) => orderId) }
}

const stop = (stopPrice: string, more: Parameters<typeof asked>[0] = {}, replaces?: string) =>
  asked({ side: 'sell', type: 'stop', limitPrice: undefined, stopPrice: p(stopPrice), ...more }, replaces)

const target = (limitPrice: string) => asked({ side: 'sell', limitPrice: p(limitPrice) })

const bracket = (side: 'buy' | 'sell' = 'buy') =>
  asked({
    side,
    orderClass: 'bracket',
    takeProfit: { limitPrice: p(side === 'buy' ? '104' : '96') },
    stopLoss: { stopPrice: p(side === 'buy' ? '98' : '102') },
  })

const LEGS = [
  { id: 'target', leg: 'take-profit' as const },
  { id: 'stop', leg: 'stop-loss' as const },
]

test('stops come before targets, and each begins with the one that the market reaches first', () => {
  const { write, ids } = held()
  write('far stop', stop('90'), acceptedAs('ex-1'))
  write('far target', target('120'), acceptedAs('ex-2'))
  write('near stop', stop('98'), acceptedAs('ex-3'))
  write('near target', target('101'), acceptedAs('ex-4'))
  expect(ids()).toEqual(['near stop', 'far stop', 'near target', 'far target'])
})

test('of a short position the lowest stop and the highest target are the nearest', () => {
  const { write, ids } = held('sell')
  const cover = { side: 'buy' as const }
  write('far stop', stop('110', cover), acceptedAs('ex-1'))
  write('near stop', stop('102', cover), acceptedAs('ex-2'))
  write('far target', asked({ ...cover, limitPrice: p('90') }), acceptedAs('ex-3'))
  write('near target', asked({ ...cover, limitPrice: p('99') }), acceptedAs('ex-4'))
  expect(ids()).toEqual(['near stop', 'far stop', 'near target', 'far target'])
})

test('an order that would add to the position is none of its exits, and neither is one that ended', () => {
  const { write, ids } = held()
  write('more', asked(), acceptedAs('ex-1'))
  write('over', stop('98'), acceptedAs('ex-2'), plain('OrderCanceled'))
  expect(ids()).toEqual([])
})

test('an exit shows the shares that it still has to trade', () => {
  const { write, exits } = held()
  write('target', target('104'), acceptedAs('ex-1'), filledBy('OrderPartiallyFilled', '4', '104'))
  expect(exits()).toMatchObject([{ kind: 'target', quantity: '6', limitPrice: '104' }])
})

test('the exits of a bracket wait until its entry is filled; then the stop stands by beside the target', () => {
  const { write, exits } = held()
  write('more', bracket(), acceptedAs('ex-1', LEGS))
  write('target', target('104'), acceptedAs('ex-2'), plain('OrderHeld'))
  write('stop', stop('98'), acceptedAs('ex-3'), plain('OrderHeld'))
  expect(exits()).toMatchObject([
    { orderId: 'stop', state: 'held', waitsForEntry: true },
    { orderId: 'target', waitsForEntry: true },
  ])
  write('more', filledBy('OrderFilled', '10', '100'))
  const [waiting] = exits()
  expect(waiting).toMatchObject({ orderId: 'stop', kind: 'stop', state: 'held' })
  expect(waiting).not.toHaveProperty('waitsForEntry')
})

test('an exit knows what its entry risked a share, also after the stop was moved', () => {
  const { write, exits } = held('sell')
  write('more', bracket('sell'), acceptedAs('ex-1', LEGS), filledBy('OrderFilled', '10', '99.5'))
  write('stop', stop('102', { side: 'buy' }), acceptedAs('ex-3'))
  expect(exits()).toMatchObject([{ orderId: 'stop', entryRisk: '2.5' }])
  write('stop', {
    type: 'OrderReplaceRequested',
    payload: { version: 1, replacedBy: 'moved' },
  })
  write('moved', stop('100', { side: 'buy' }, 'stop'), acceptedAs('ex-4'))
  write('stop', { type: 'OrderReplaced', payload: { version: 1, replacedBy: 'moved' } })
  expect(exits()).toMatchObject([{ orderId: 'moved', stopPrice: '100', entryRisk: '2.5' }])
})

test('while an exit is being changed, it is shown once, as it stands at the exchange', () => {
  const { write, exits } = held()
  write('stop', stop('98'), acceptedAs('ex-1'))
  write('stop', { type: 'OrderReplaceRequested', payload: { version: 1, replacedBy: 'moved' } })
  write('moved', stop('99', {}, 'stop'))
  expect(exits()).toMatchObject([{ orderId: 'stop', stopPrice: '98', state: 'pending-replace' }])
})

test('both orders of an OCO are exits, and so is one that another program sent', () => {
  const { write, exits } = held()
  write(
    'oco',
    asked({
      side: 'sell',
      orderClass: 'oco',
      takeProfit: { limitPrice: p('104') },
      stopLoss: { stopPrice: p('98') },
    }),
    acceptedAs('ex-1', [{ id: 'oco-stop', leg: 'stop-loss' }]),
  )
  write('oco-stop', stop('98'), acceptedAs('ex-2'), plain('OrderHeld'))
  expect(exits()).toMatchObject([
    { orderId: 'oco-stop', kind: 'stop', state: 'held' },
    { orderId: 'oco', kind: 'target', limitPrice: '104' },
  ])
  expect(exits()[0]).not.toHaveProperty('waitsForEntry')
  expect(exits()[0]).not.toHaveProperty('entryRisk')
})

test('a trailing stop without a price from the exchange shows its distance, an order in dollars no shares', () => {
  const { write, exits } = held()
  const trail = asked({
    side: 'sell',
    type: 'trailing_stop',
    limitPrice: undefined,
    trailPercent: p('2'),
  })
  write('trail', trail, acceptedAs('ex-1'))
  write(
    'dollars',
    asked({ side: 'sell', type: 'market', limitPrice: undefined, quantity: undefined, notional: p('50') }),
  )
  expect(exits()).toMatchObject([
    { kind: 'stop', type: 'trailing_stop', trailPercent: '2' },
    { kind: 'other', state: 'requested' },
  ])
  expect(exits()[0]).not.toHaveProperty('stopPrice')
  expect(exits()[1]).not.toHaveProperty('quantity')
})
