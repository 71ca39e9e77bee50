import { randomUUID } from 'node:crypto'
import { Decimal } from 'decimal.js'
import { dollarsEach } from '#shared/format/money'
import { ok } from '#shared/result'
import type { PositionExit } from '#shared/trading/account'
import type { OrderChange, OrderView } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import { roundForSide } from '#shared/trading/tick-size'
import { toPrice, type StockSymbol } from '#shared/units'
import type { MarketView } from '../deps.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import type { TradingHandlers } from '../handlers.ts'
import { exitsOf } from '../views/position-exits.ts'
import { marketPrice } from '../../risk/index.ts'
import type { OrderGateway } from './order-gateway.ts'
import { databaseAway, refused, refusedFor } from './refused.ts'

interface BreakEvenDeps {
  readonly tradingLog: TradingLog
  readonly market: Pick<MarketView, 'row'>
  readonly placing: OrderGateway
}

/** Moves the stops of a position to its average price, by replacing them: all checks of a change run. */
export class BreakEven {
  readonly #deps: BreakEvenDeps

  constructor(deps: BreakEvenDeps) {
    this.#deps = deps
  }

  /** Implements the contract's call. A stop that is there already, or beyond, is never moved back. */
  readonly calls: Pick<TradingHandlers, 'breakEven'> = {
    breakEven: async ({ intent, symbol }) => {
      const { tradingLog, market, placing } = this.#deps
      if (!tradingLog.isOpen) return databaseAway()
      const holding = tradingLog.accountState.holdings.get(symbol)
      if (holding === undefined || holding.quantity.isZero())
        return refusedFor('NO_POSITION', `No ${symbol} position.`)
      if (holding.averagePrice === undefined)
        return refusedFor('NO_POSITION', `Average price of ${symbol} unknown.`)
      const isLong = holding.quantity.isPositive()
      const level = roundForSide(holding.averagePrice, isLong ? 'sell' : 'buy')
      const stops = exitsOf(holding, tradingLog.accountState).filter(({ kind }) => kind === 'stop')
      const moves = stops.filter((stop) => isMovable(stop) && isWorse(stop, level, isLong))
      const obstacle = obstacleOf(symbol, stops, moves, level)
      if (obstacle !== undefined) return refused([obstacle])
      const price = marketPrice(market.row(symbol))
      if (price !== undefined && (isLong ? price.lte(level) : price.gte(level)))
        return refusedFor('STOP_ON_WRONG_SIDE', describeBeyond(symbol, price, level, isLong))
      const moved: OrderView[] = []
      for (const [nth, stop] of moves.entries()) {
        const id = nth === 0 ? intent : randomUUID()
        const change = changeTo(stop, level)
        const answer = await placing.calls.replace({
          intent: id,
          orderId: stop.orderId,
          change,
          accepted: [],
        })
        if (!answer.ok) return answer
        moved.push(answer.value)
      }
      return ok(moved)
    },
  }
}

/** Whether it has a stop price that can be set: a trailing stop's follows the market. */
const isMovable = ({ type, stopPrice, waitsForEntry }: PositionExit): boolean =>
  type !== 'trailing_stop' && stopPrice !== undefined && waitsForEntry === undefined

/** Whether the stop would lose money. */
const isWorse = ({ stopPrice }: PositionExit, level: Decimal, isLong: boolean): boolean =>
  stopPrice !== undefined && (isLong ? level.gt(stopPrice) : level.lt(stopPrice))

/** Moves the stop price; the limit of a stop-limit order keeps its distance. */
function changeTo({ stopPrice, limitPrice }: PositionExit, level: Decimal): OrderChange {
  const stop = toPrice(level)
  if (stopPrice === undefined || limitPrice === undefined) return { stopPrice: stop }
  return { stopPrice: stop, limitPrice: toPrice(level.plus(limitPrice).minus(stopPrice)) }
}

/** Why there is nothing to move. */
function obstacleOf(
  symbol: StockSymbol,
  stops: readonly PositionExit[],
  moves: readonly PositionExit[],
  level: Decimal,
): OrderProblem | undefined {
  if (moves.length > 0) return undefined
  if (stops.length === 0)
    return { code: 'NO_STOP', level: 'refuse', sentence: `No stop to move on ${symbol}.` }
  if (stops.some(isMovable))
    return {
      code: 'NOTHING_CHANGED',
      level: 'refuse',
      sentence: `${symbol} stop is already at ${dollarsEach(level)} or better.`,
    }
  const sentence = stops.some(({ waitsForEntry }) => waitsForEntry)
    ? `The ${symbol} stop waits for its entry. Move it once the entry is filled.`
    : `The ${symbol} stop is a trailing stop: its price follows the market. Change its trail instead.`
  return { code: 'ORDER_NOT_CHANGEABLE', level: 'refuse', sentence }
}

const describeBeyond = (symbol: StockSymbol, price: Decimal, level: Decimal, isLong: boolean): string =>
  `${symbol} at ${dollarsEach(price.toDecimalPlaces(4))} is ${price.eq(level) ? 'at' : isLong ? 'below' : 'above'} break-even (${dollarsEach(level)}). A stop there would trigger immediately.`
