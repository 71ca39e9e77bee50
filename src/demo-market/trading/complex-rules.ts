import type { Decimal } from 'decimal.js'
import { signOf } from '../matching/index.ts'
import { invalid, unprocessable } from './refusals.ts'
import type { SimOrderDraft } from './request.ts'
import { checkTick } from './rules.ts'

/** The least distance of an exit from its reference price. */
const LEAST_DISTANCE = '0.01'

/** Whether other orders depend on this one. */
export const isComplex = ({ orderClass }: Pick<SimOrderDraft, 'orderClass'>): boolean =>
  orderClass === 'bracket' || orderClass === 'oco' || orderClass === 'oto'

/**
 * The rules for brackets, OCO and OTO. `base` is the reference price of exits: the entry's own price,
 * otherwise the market's; `closes` tells whether the order reduces a position.
 */
export function checkExits(draft: SimOrderDraft, base: Decimal, closes: boolean): void {
  const { orderClass, takeProfit, stopLoss, type, timeInForce, extendedHours } = draft
  if (!isComplex(draft)) {
    if (takeProfit || stopLoss)
      throw unprocessable('take_profit and stop_loss are for bracket, oco and oto orders')
    return
  }
  if (type === 'trailing_stop') throw unprocessable('trailing stop orders must be simple orders')
  if (timeInForce !== 'day' && timeInForce !== 'gtc')
    throw unprocessable(`${orderClass} orders must be DAY or GTC orders`)
  if (extendedHours) throw unprocessable(`${orderClass} orders are not eligible for extended hours`)
  if (orderClass === 'oto' && (takeProfit === undefined) === (stopLoss === undefined))
    throw invalid('oto orders require one of take_profit or stop_loss')
  if (orderClass !== 'oto' && takeProfit === undefined)
    throw invalid(`${orderClass} orders require take_profit.limit_price`)
  if (orderClass !== 'oto' && stopLoss === undefined)
    throw invalid(`${orderClass} orders require stop_loss.stop_price`)
  checkTick('take_profit.limit_price', takeProfit?.limitPrice)
  checkTick('stop_loss.stop_price', stopLoss?.stopPrice)
  checkTick('stop_loss.limit_price', stopLoss?.limitPrice)
  if (orderClass === 'oco') {
    if (type !== 'limit') throw unprocessable('oco orders must be limit orders')
    if (!closes) throw unprocessable('oco orders must be exit orders')
  } else if (closes) throw unprocessable(`${orderClass} orders must be entry orders`)
  checkSides(draft, base)
}

function checkSides({ orderClass, side, takeProfit, stopLoss }: SimOrderDraft, base: Decimal): void {
  const exit = orderClass === 'oco' ? side : side === 'buy' ? 'sell' : 'buy'
  const sellsOut = exit === 'sell'
  const distance = (price: Decimal, from: Decimal) => price.minus(from).times(-signOf(exit))
  const details = { base_price: base.toFixed() }
  const [above, below] = sellsOut
    ? ['>= base_price +', '<= base_price -']
    : ['<= base_price -', '>= base_price +']
  if (takeProfit && stopLoss && distance(takeProfit.limitPrice, stopLoss.stopPrice).lte(0))
    throw unprocessable(
      `take_profit.limit_price must be ${sellsOut ? '>' : '<'} stop_loss.stop_price`,
      details,
    )
  if (orderClass !== 'oco' && takeProfit && distance(takeProfit.limitPrice, base).lt(LEAST_DISTANCE))
    throw unprocessable(`take_profit.limit_price must be ${above} ${LEAST_DISTANCE}`, details)
  if (stopLoss && distance(stopLoss.stopPrice, base).gt(`-${LEAST_DISTANCE}`))
    throw unprocessable(`stop_loss.stop_price must be ${below} ${LEAST_DISTANCE}`, details)
}
