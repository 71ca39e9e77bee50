import { Decimal } from 'decimal.js'
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

/** Fills everything that is open at the exchange. */
export function fillAll({ exchange }: TradingWorld): void {
  for (const { id } of exchange.open) exchange.fill(id, TEN, PRICE)
}

/** The shares of each position at the exchange. */
export const heldOf = ({ exchange }: TradingWorld): readonly string[] =>
  exchange.positions().map(({ qty }) => qty.toFixed())
