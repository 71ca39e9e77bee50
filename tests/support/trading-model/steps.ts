import { Decimal } from 'decimal.js'
import * as fc from 'fast-check'
import { unreachable } from '../../../src/shared/result.ts'
import { orderChange, orderDraft, type OrderDraft } from '../../../src/shared/trading/order.ts'
import { quantity } from '../../../src/shared/units.ts'
import { FATES, type Fate } from './fates.ts'
import { UPDATE_FATES, type UpdateFate } from './update-line.ts'
import { SYMBOLS, type LogFate, type TradingCall, type TradingWorld } from './world.ts'

/** One thing that happens. Orders are chosen by number from the existing ones. */
export type Step =
  | { readonly do: 'submit' | 'submit-twice'; readonly draft: number }
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'replace'; readonly which: number; readonly price: number; readonly quantity: number }
  | { readonly do: 'cancel-all'; readonly symbol: number }
  | { readonly do: 'close' | 'close-part' | 'break-even' | 'hold'; readonly symbol: number }
  | { readonly do: 'reverse'; readonly symbol: number; readonly fillsAfterMs: number }
  | { readonly do: 'flatten' | 'reconcile' }
  | { readonly do: 'fill'; readonly which: number; readonly shares: number; readonly price: number }
  | { readonly do: 'end'; readonly which: number; readonly status: 'canceled' | 'expired' | 'rejected' }
  | { readonly do: 'external'; readonly draft: number }
  | { readonly do: 'replace-elsewhere'; readonly which: number }
  | { readonly do: 'bend'; readonly call: TradingCall; readonly fate: Fate }
  | { readonly do: 'bend-log'; readonly fate: LogFate }
  | { readonly do: 'bend-updates'; readonly fate: UpdateFate }
  | { readonly do: 'drop-stream' }
  | { readonly do: 'network' | 'database'; readonly awayMs: number }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'crash'; readonly isStored: boolean }
  | { readonly do: 'hang-cancels'; readonly doHang: boolean }
  | { readonly do: 'spoil-position' }
  | { readonly do: 'external-burst'; readonly count: number }

const CALLS: readonly TradingCall[] = [
  'placeOrder',
  'placeOrder',
  'replaceOrder',
  'cancelOrder',
  'findOrderByClientId',
  'getOrder',
  'listOrders',
  'getPositions',
  'getFills',
  'getAccount',
  'cancelAllOrders',
]

const which = fc.nat({ max: 7 })
const intent = fc.nat({ max: 23 })
/** How many orders another program sends in one instant: rarely more than a page of Alpaca's lists holds. */
const burstSize = fc.oneof(
  { weight: 24, arbitrary: fc.integer({ min: 2, max: 5 }) },
  { weight: 1, arbitrary: fc.constant(501) },
)
const weighted = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary })

/** What the exchange does by itself. */
const atExchange = [
  weighted(
    10,
    fc.record({
      do: fc.constant('fill'),
      which,
      shares: fc.integer({ min: 1, max: 12 }),
      price: fc.integer({ min: -30, max: 30 }),
    }),
  ),
  weighted(
    2,
    fc.record({ do: fc.constant('end'), which, status: fc.constantFrom('canceled', 'expired', 'rejected') }),
  ),
  weighted(2, fc.record({ do: fc.constant('external'), draft: which })),
  weighted(3, fc.record({ do: fc.constant('hold'), symbol: fc.nat({ max: 1 }) })),
  weighted(1, fc.record({ do: fc.constant('replace-elsewhere'), which })),
]

/** What may have happened before there was an engine. */
export const stepWithoutSession: fc.Arbitrary<Step> = fc.oneof(
  ...atExchange,
  weighted(4, fc.record({ do: fc.constant('pass'), ms: fc.constantFrom(20, 3_000, 900_000) })),
)

/** Any step, ordinary ones more often. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  weighted(14, fc.record({ do: fc.constant('submit'), draft: intent })),
  weighted(2, fc.record({ do: fc.constant('submit-twice'), draft: intent })),
  weighted(4, fc.record({ do: fc.constant('cancel'), which })),
  weighted(
    4,
    fc.record({
      do: fc.constant('replace'),
      which,
      price: fc.nat({ max: 40 }),
      quantity: fc.nat({ max: 3 }),
    }),
  ),
  weighted(1, fc.record({ do: fc.constant('cancel-all'), symbol: fc.nat({ max: 2 }) })),
  weighted(2, fc.record({ do: fc.constantFrom('close', 'close-part'), symbol: fc.nat({ max: 1 }) })),
  weighted(
    3,
    fc.record({
      do: fc.constant('reverse'),
      symbol: fc.nat({ max: 1 }),
      fillsAfterMs: fc.constantFrom(50, 300, 900, 4_000, 20_000),
    }),
  ),
  weighted(3, fc.record({ do: fc.constant('break-even'), symbol: fc.nat({ max: 1 }) })),
  weighted(1, fc.record({ do: fc.constantFrom('flatten', 'reconcile') })),
  ...atExchange,
  weighted(
    8,
    fc.record({ do: fc.constant('bend'), call: fc.constantFrom(...CALLS), fate: fc.constantFrom(...FATES) }),
  ),
  weighted(2, fc.record({ do: fc.constant('bend-log'), fate: fc.constantFrom('lost', 'refused', 'slow') })),
  weighted(5, fc.record({ do: fc.constant('bend-updates'), fate: fc.constantFrom(...UPDATE_FATES) })),
  weighted(2, fc.record({ do: fc.constant('drop-stream') })),
  weighted(
    2,
    fc.record({
      do: fc.constantFrom('network', 'database'),
      awayMs: fc.constantFrom(5, 300, 3_000, 20_000, 800_000),
    }),
  ),
  weighted(
    6,
    fc.record({
      do: fc.constant('pass'),
      ms: fc.constantFrom(300, 3_000, 7_000, 20_000, 65_000, 900_000),
    }),
  ),
  weighted(4, fc.record({ do: fc.constant('crash'), isStored: fc.boolean() })),
  weighted(2, fc.record({ do: fc.constant('hang-cancels'), doHang: fc.boolean() })),
  weighted(1, fc.record({ do: fc.constant('spoil-position') })),
  weighted(1, fc.record({ do: fc.constant('external-burst'), count: burstSize })),
)

const draft = (fields: object): OrderDraft =>
  orderDraft.parse({
    symbol: 'AAPL',
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    orderClass: 'simple',
    extendedHours: false,
    ...fields,
  })

const DRAFTS: readonly OrderDraft[] = [
  draft({ quantity: '10', limitPrice: '99' }),
  draft({ quantity: '7', limitPrice: '100' }),
  draft({ quantity: '5', side: 'sell', limitPrice: '101' }),
  draft({
    symbol: 'MSFT',
    quantity: '12',
    limitPrice: '99',
    orderClass: 'bracket',
    takeProfit: { limitPrice: '105' },
    stopLoss: { stopPrice: '95' },
  }),
  draft({ symbol: 'MSFT', side: 'sell', quantity: '9', limitPrice: '101' }),
  draft({ symbol: 'MSFT', quantity: '20', limitPrice: '98' }),
  draft({
    side: 'sell',
    quantity: '5',
    orderClass: 'oco',
    takeProfit: { limitPrice: '104' },
    stopLoss: { stopPrice: '94' },
  }),
  draft({ quantity: '3.5', limitPrice: '100' }),
  draft({ side: 'sell', type: 'stop', quantity: '3', stopPrice: '95' }),
  draft({ symbol: 'MSFT', side: 'sell', type: 'stop', quantity: '4', stopPrice: '96' }),
]

const THREE = quantity.parse('3')
const [TEN, CHEAP] = [new Decimal(10), new Decimal(98)]

/** The group of the orders that a reverse opens, and whether an order is one. */
const REVERSES = 4
export const isReverse = (id: string): boolean => id.startsWith(`00000000-0000-4000-800${REVERSES}`)

/** Problems that the trader accepts when asked. */
const ACCEPTED = [
  'DUPLICATE_ORDER',
  'UNCONFIRMED',
  'NOTIONAL_EXCEEDS_LIMIT',
  'POSITION_CONCENTRATION',
  'PRICE_OUTSIDE_BAND',
  'BUYING_POWER_EXCEEDED',
] as const

/** Performs one step in the world. The trader's calls are not awaited; `call` receives each. */
export async function take(
  step: Step,
  world: TradingWorld,
  nth: number,
  call: (answer: unknown) => void,
): Promise<void> {
  const { exchange, line } = world
  const intent = (group: number, number = nth) =>
    `00000000-0000-4000-800${group}-${String(number).padStart(12, '0')}`
  const session = () => world.trading.handlers
  const ofDraft = (number: number): OrderDraft => at(DRAFTS, number) ?? draft({ quantity: '1' })
  switch (step.do) {
    case 'submit':
    case 'submit-twice': {
      const order = { intent: intent(0, step.draft), draft: ofDraft(step.draft), accepted: [...ACCEPTED] }
      call(session().submit(order))
      if (step.do === 'submit-twice') call(session().submit(order))
      return
    }
    case 'cancel': {
      const order = at(ordersOf(world), step.which)
      if (order) call(session().cancel(order.id))
      return
    }
    case 'replace': {
      const order = at(ordersOf(world), step.which)
      if (order === undefined) return
      const limitPrice = new Decimal(order.limitPrice ?? 99)
        .plus(new Decimal(step.price - 20).div(100))
        .toFixed(2)
      const quantity = new Decimal(order.quantity ?? 1).plus(step.quantity).toFixed()
      const change = orderChange.parse({ limitPrice, ...(step.quantity > 0 && { quantity }) })
      call(session().replace({ intent: intent(1), orderId: order.id, change, accepted: [...ACCEPTED] }))
      return
    }
    case 'cancel-all':
      return call(session().cancelAll({ symbol: SYMBOLS[step.symbol] }))
    case 'close': {
      const symbol = at(SYMBOLS, step.symbol)
      if (symbol) call(session().closePosition({ intent: intent(2), symbol }))
      return
    }
    case 'close-part': {
      const symbol = at(SYMBOLS, step.symbol)
      if (symbol) call(session().closePosition({ intent: intent(3), symbol, quantity: THREE }))
      return
    }
    case 'reverse': {
      const symbol = at(SYMBOLS, step.symbol)
      if (symbol === undefined) return
      call(session().reverse({ intent: intent(REVERSES), symbol, accepted: [...ACCEPTED] }))
      for (const later of [1, 2, 3])
        world.clock.after(step.fillsAfterMs * later, () => fillMarket(world, symbol))
      return
    }
    case 'break-even': {
      const symbol = at(SYMBOLS, step.symbol)
      if (symbol) call(session().breakEven({ intent: intent(5), symbol }))
      return
    }
    case 'flatten':
      return call(world.flatten())
    case 'reconcile':
      return call(session().reconcile())
    case 'fill': {
      const order = at(exchange.open, step.which)
      if (order)
        exchange.fill(
          order.id,
          new Decimal(step.shares),
          new Decimal(100).plus(new Decimal(step.price).div(100)),
        )
      return
    }
    case 'end': {
      const order = at(exchange.open, step.which)
      if (order) exchange.end(order.id, step.status)
      return
    }
    case 'hold': {
      const symbol = at(SYMBOLS, step.symbol) ?? ''
      const terms = { symbol, side: 'buy', qty: '10', type: 'market', timeInForce: 'day' } as const
      const { id } = exchange.place({ ...terms, clientOrderId: `held-${nth}` })
      world.clock.after(20, () => exchange.fill(id, TEN, CHEAP))
      return
    }
    case 'external': {
      const { symbol, side, quantity = '1', limitPrice = '104' } = ofDraft(step.draft)
      const terms = { symbol, side, qty: quantity, type: 'limit', limitPrice, timeInForce: 'day' } as const
      exchange.place({ ...terms, clientOrderId: `elsewhere-${nth}` })
      return
    }
    case 'replace-elsewhere': {
      const order = at(exchange.open, step.which)
      if (order?.status === 'new' || order?.status === 'partially_filled')
        exchange.replace(order.id, { limitPrice: '97', clientOrderId: `elsewhere-${nth}` })
      return
    }
    case 'bend':
      return world.bend(step.call, step.fate)
    case 'bend-log':
      return world.bendLog(step.fate)
    case 'bend-updates':
      return line.bend(step.fate)
    case 'drop-stream':
      return line.drop()
    case 'network':
      return world.loseNetwork(step.awayMs)
    case 'database':
      return world.loseDatabase(step.awayMs)
    case 'pass':
      return world.clock.turn(step.ms)
    case 'hang-cancels':
      return exchange.hangCancels(step.doHang)
    case 'spoil-position':
      return world.spoilPosition()
    case 'external-burst':
      return burst(world, step.count, nth)
    case 'crash':
      return world.crash(step)
    default:
      return unreachable(step)
  }
}

/** Fills the market orders of a symbol that are open by now. */
function fillMarket({ exchange }: TradingWorld, symbol: string): void {
  for (const order of exchange.open)
    if (order.symbol === symbol && order.type === 'market') exchange.fill(order.id, TEN, new Decimal(100))
}

/** Many orders of another program, submitted in one instant and filled. */
function burst({ exchange }: TradingWorld, count: number, nth: number): void {
  const terms = {
    symbol: 'AAPL',
    side: 'buy',
    qty: '1',
    type: 'limit',
    limitPrice: '104',
    timeInForce: 'day',
  } as const
  const ids = Array.from({ length: count }, (_, one) =>
    exchange.place({ ...terms, clientOrderId: `burst-${nth}-${one}` }),
  )
  for (const { id } of ids) exchange.fill(id, new Decimal(1), new Decimal(100))
}

const at = <T>(all: readonly T[], number: number): T | undefined => all[number % all.length]

/** The orders as the trader sees them. */
export function ordersOf(world: TradingWorld) {
  const answer = world.trading.handlers.snapshot()
  if (answer instanceof Promise || !answer.ok) throw new Error('a snapshot is answered immediately')
  return answer.value.orders
}
