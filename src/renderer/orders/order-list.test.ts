import { expect, test } from 'vitest'
import type { OrderView } from '#shared/trading/order'
import { stockSymbol, toQuantity } from '#shared/units'
import { closedOrders, waitsForEntry, workingLines } from './order-list.ts'

const linesOf = (orders: readonly OrderView[]) => workingLines(orders, new Set())

const order = (id: string, more: Partial<OrderView> = {}): OrderView => ({
  id,
  symbol: stockSymbol.parse('AAPL'),
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  extendedHours: false,
  state: 'open',
  filledQuantity: toQuantity(0),
  requestedAt: 0,
  updatedAt: 0,
  origin: 'signal',
  ...more,
})

const lines = (orders: readonly OrderView[]) =>
  linesOf(orders).map(({ order: { id }, isBelowParent }) => (isBelowParent ? `- ${id}` : id))

const stop = order('stop', { parentId: 'entry', leg: 'stop-loss', state: 'held' })
const target = order('target', { parentId: 'entry', leg: 'take-profit', state: 'held' })

test('the newest order comes first, with its exits right below it, the target before the stop', () => {
  const orders = [stop, order('old', { requestedAt: 1 }), target, order('entry', { requestedAt: 2 })]
  expect(lines(orders)).toEqual(['entry', '- target', '- stop', 'old'])
})

test('exits outlive their entry', () => {
  expect(lines([order('entry', { state: 'filled' }), stop, target])).toEqual(['target', 'stop'])
})

test('a changed order keeps its place, and so does a moved stop', () => {
  const before = order('before', { state: 'replaced', requestedAt: 1 })
  const after = order('after', { replaces: 'before', requestedAt: 9 })
  expect(lines([before, after, order('newer', { requestedAt: 2 })])).toEqual(['newer', 'after'])
  const moved = { ...stop, id: 'moved', state: 'held', replaces: 'stop', requestedAt: 9 } as const
  const exits = [{ ...stop, state: 'replaced' } as const, moved, target]
  expect(linesOf(exits).map(({ key }) => key)).toEqual(['target', 'stop'])
})

test('an order being changed appears once; a change that got no answer is shown too', () => {
  const changing = order('changing', { state: 'pending-replace' })
  const next = order('next', { state: 'requested', replaces: 'changing' })
  expect(lines([changing, next])).toEqual(['changing'])
  expect(lines([changing, { ...next, state: 'unconfirmed' }]).sort()).toEqual(['changing', 'next'])
})

test('an unconfirmed order is still open', () => {
  expect(lines([order('lost', { state: 'unconfirmed' }), order('gone', { state: 'never-arrived' })])).toEqual(
    ['lost'],
  )
})

test('the order of the lines does not depend on the order in which they arrived', () => {
  const same = ['b', 'a', 'c'].map((id) => order(id))
  expect(lines(same)).toEqual(lines([...same].reverse()))
})

test('among closed orders the last one closed comes first', () => {
  const orders = [
    order('open', { updatedAt: 9 }),
    order('early', { state: 'filled', updatedAt: 1, requestedAt: 5 }),
    order('late', { state: 'canceled', updatedAt: 2, requestedAt: 4 }),
  ]
  expect(closedOrders(orders).map(({ id }) => id)).toEqual(['late', 'early'])
})

test('the stop of an OCO order waits for no entry: the order above it is its target', () => {
  const oco = order('oco', { orderClass: 'oco' })
  const [, line] = linesOf([oco, order('oco-stop', { ...stop, orderClass: 'oco', parentId: 'oco' })])
  expect(line && waitsForEntry(line)).toBe(false)
  const [, leg] = linesOf([order('entry', { orderClass: 'bracket' }), { ...stop, orderClass: 'bracket' }])
  expect(leg && waitsForEntry(leg)).toBe(true)
})

test('an exit of a position is marked', () => {
  const lines = workingLines([order('entry', {}), order('stop', {})], new Set(['stop']))
  expect(lines.map(({ key, isExit }) => [key, isExit])).toContainEqual(['stop', true])
  expect(lines.map(({ key, isExit }) => [key, isExit])).toContainEqual(['entry', false])
})
