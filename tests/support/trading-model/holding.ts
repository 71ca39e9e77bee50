import { Decimal } from 'decimal.js'
import { atMarket, p } from '../risk-context.ts'
import { snapshotOf } from './disagreements.ts'
import { SYMBOLS, TradingWorld } from './world.ts'

export const [TEN, PRICE] = [new Decimal(10), new Decimal(100)]
const [first] = SYMBOLS
if (first === undefined) throw new Error('the world has symbols')
export const AAPL = first
/** A market order for ten shares, without its side and id. */
export const market = { symbol: AAPL, qty: TEN, type: 'market', timeInForce: 'day' } as const

/** An execution engine whose account holds ten shares. */
export async function holding(): Promise<TradingWorld> {
  const world = new TradingWorld()
  const { id } = world.exchange.place({ ...market, side: 'buy', clientOrderId: 'bought' })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  void world.trading
  await world.clock.turn(5_000)
  return world
}

/** An execution engine whose account holds ten shares: its bracket's exits hold them all, at $110.00 and $90.00. */
export async function holdingWithExits(): Promise<TradingWorld> {
  const world = new TradingWorld()
  void world.trading
  await world.clock.turn(1_000)
  const exits = { takeProfit: { limitPrice: p('110') }, stopLoss: { stopPrice: p('90') } }
  const draft = atMarket({ orderClass: 'bracket', ...exits })
  void world.trading.handlers.submit({ intent: 'entry', draft, accepted: [] })
  await world.clock.turn(500)
  world.exchange.fill(world.exchange.find('entry')?.id ?? '', TEN, PRICE)
  await world.clock.turn(3_000)
  return world
}

/** Fills everything that is open at the exchange. */
export function fillAll({ exchange }: TradingWorld): void {
  for (const { id } of exchange.open) exchange.fill(id, TEN, PRICE)
}

/** The shares of each position at the exchange. */
export const heldOf = ({ exchange }: TradingWorld): readonly string[] =>
  exchange.positions().map(({ qty }) => qty.toFixed())

/** Lets time pass and fills whatever is open at each step. */
export async function filling(world: TradingWorld, ms: number, stepMs = 250): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await world.clock.turn(stepMs)
    fillAll(world)
  }
}

/** Everything that was traded, oldest first: `buy 10`. */
export const traded = ({ exchange }: TradingWorld): readonly string[] =>
  exchange.executions.map(({ side, qty }) => `${side} ${qty.toFixed()}`)

/** The order as the windows show it. */
export const orderOf = (world: TradingWorld, id: string) =>
  snapshotOf(world).orders.find((order) => order.id === id)
